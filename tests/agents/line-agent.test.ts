// Whether the agents and servers that misbehave do so as they were told.
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { afterEach, describe, expect, it } from "vitest"
import { within } from "./deadline.ts"
import { descendantsOf } from "./machine.ts"

const soonMillis = 10_000
const briefMillis = 200
const started: ChildProcessWithoutNullStreams[] = []
afterEach(() => started.splice(0).forEach((child) => child.kill("SIGKILL")))

const start = (file: string, ...args: readonly string[]) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args])
  started.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    tell: (line: string) => void child.stdin.write(`${line}\n`),
    nextLine: async () => {
      const { value } = await within(lines.next(), { what: "a line", withinMillis: soonMillis })
      return String(value)
    },
    exit: () => within(once(child, "exit"), { what: "the exit", withinMillis: soonMillis }),
    stays: () => expect(within(once(child, "exit"), { what: "the exit", withinMillis: briefMillis })).rejects.toThrow("the exit"),
  }
}

describe("the line agent", () => {
  it("answers, floods and leaves as told, and on the end of its input", async () => {
    const agent = start("line-agent.ts")
    agent.tell("say hello")
    expect(await agent.nextLine()).toBe("said hello")
    agent.tell("flood 1000")
    for (let n = 0; n < 1000; n += 1) expect(await agent.nextLine()).toHaveLength(99)
    agent.child.stdin.end()
    expect(await agent.exit()).toEqual([0, null])
  })

  it("dies at its start, leaves with a code, and crashes", async () => {
    expect(await start("line-agent.ts", "dies-at-start").exit()).toEqual([3, null])
    const leaving = start("line-agent.ts")
    leaving.tell("exit 7")
    expect(await leaving.exit()).toEqual([7, null])
    const crashing = start("line-agent.ts")
    crashing.tell("crash")
    expect(await crashing.exit()).toEqual([null, "SIGKILL"])
  })

  it("is deaf to TERM and to the end of its input when told so", async () => {
    const agent = start("line-agent.ts", "deaf-to-term", "deaf-to-eof")
    agent.tell("say ready")
    await agent.nextLine()
    agent.child.stdin.end()
    agent.child.kill("SIGTERM")
    await agent.stays()
  })

  it("starts kinds of the zoo below itself", async () => {
    const agent = start("line-agent.ts")
    agent.tell("zoo plain own-session")
    expect(await agent.nextLine()).toBe("zoo")
    const below = descendantsOf([agent.child.pid ?? 0]).filter(({ pid }) => pid !== agent.child.pid)
    expect(below.map(({ command }) => command)).toEqual([expect.stringContaining("plain"), expect.stringContaining("own-session")])
    below.forEach(({ pid }) => process.kill(pid, "SIGKILL"))
  })
})

describe("the MCP server", () => {
  it("speaks the protocol, and leaves politely", async () => {
    const server = start("mcp-server.ts", "polite")
    server.tell('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}')
    expect(JSON.parse(await server.nextLine())).toMatchObject({ id: 1, result: { protocolVersion: "2025-06-18" } })
    server.tell('{"jsonrpc":"2.0","id":2,"method":"tools/list"}')
    expect(JSON.parse(await server.nextLine())).toMatchObject({ id: 2, result: { tools: [{ name: "ping" }] } })
    server.child.stdin.end()
    expect(await server.exit()).toEqual([0, null])
  })

  it("stays through EOF and TERM when it is deaf", async () => {
    const server = start("mcp-server.ts", "deaf")
    server.tell('{"jsonrpc":"2.0","id":1,"method":"ping"}')
    expect(JSON.parse(await server.nextLine())).toMatchObject({ error: { code: -32601 } })
    server.child.stdin.end()
    server.child.kill("SIGTERM")
    await server.stays()
  })
})
