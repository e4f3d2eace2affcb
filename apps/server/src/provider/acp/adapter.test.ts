import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { agent, type AgentApp, type AnyMessage, PROTOCOL_VERSION, type SessionUpdate } from "@agentclientprotocol/sdk"
import { ProviderId } from "@corral/contracts/ids"
import * as Effect from "effect/Effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type HeldAgent, openTalk, type Talk } from "../conformance-talk.ts"
import type { AgentLine } from "../provider.ts"
import { makeAcpPort } from "./adapter.ts"

/** The agent's side in this process: the lines are its stream. */
function lineTo(app: AgentApp): AgentLine {
  let n = 0
  let listener: (line: string, n: number) => void = () => undefined
  let toAgent: ReadableStreamDefaultController<AnyMessage>
  app.connect({
    readable: new ReadableStream({ start: (controller) => void (toAgent = controller) }),
    writable: new WritableStream({ write: (message) => listener(JSON.stringify(message), ++n) }),
  })
  return {
    pid: 1,
    write: async (lines) => lines.forEach((line) => toAgent.enqueue(JSON.parse(line))),
    onLine: (next) => (listener = next),
    onExit: () => undefined,
    requestStop: () => undefined,
  }
}

/** No server is lost here. */
const heldBy = (line: AgentLine): HeldAgent => ({ attach: async () => ({ ...line, state: null, said: 0 }), detach: () => undefined })

const basic = () =>
  agent({ name: "fake" })
    .onRequest("initialize", () => ({ protocolVersion: PROTOCOL_VERSION, agentCapabilities: { loadSession: true } }))
    .onRequest("session/new", () => ({ sessionId: "new" }))

const port = makeAcpPort(
  { provider: ProviderId.make("fake"), name: "Fake", command: "fake", args: [], modes: { ask: "ask" }, eofMillis: 1 },
  { environment: Effect.succeed({}), probe: () => Effect.die("not probed here") },
)

describe("an ACP agent", () => {
  let cwd: string
  let talk: Talk
  const open = async (app: AgentApp, cursor: string | null = null) => {
    talk = await openTalk({ port, cwd, launch: async () => heldBy(lineTo(app)) }, { cursor })
    return talk
  }
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), "corral-acp-"))
  })
  afterEach(async () => {
    await talk.close()
    rmSync(cwd, { recursive: true, force: true })
  })

  it("has all its text in the turn, although the end came in the same moment", async () => {
    await open(
      basic().onRequest("session/prompt", async ({ client, params }) => {
        for (let n = 0; n < 500; n += 1) {
          const update = { sessionUpdate: "agent_message_chunk", content: { type: "text", text: `${n} ` } } as const
          void client.notify("session/update", { sessionId: params.sessionId, update })
        }
        return { stopReason: "end_turn" }
      }),
    )
    const turnId = await talk.start("go")
    await talk.until("ended")
    expect(talk.text().trim().split(" ")).toHaveLength(500)
    expect(talk.pieces().every((piece) => "turnId" in piece && piece.turnId === turnId)).toBe(true)
    expect(talk.events.at(-1)?._tag).toBe("ended")
  })

  it("is loaded where it cannot resume, and its old history is not told again", async () => {
    await open(
      basic()
        .onRequest("session/load", async ({ client, params }) => {
          const update = { sessionUpdate: "agent_message_chunk", content: { type: "text", text: "old" } } as const
          await client.notify("session/update", { sessionId: params.sessionId, update })
          return {}
        })
        .onRequest("session/prompt", () => ({ stopReason: "end_turn" })),
      "kept",
    )
    expect(talk.cursor()).toBe("kept")
    expect(talk.text()).toBe("")
  })

  it("tells what the turn used, where the agent counts it", async () => {
    await open(
      basic().onRequest("session/prompt", async ({ client, params }) => {
        const update = { sessionUpdate: "usage_update", used: 900, size: 1000, cost: { amount: 0.5, currency: "USD" } } as const
        await client.notify("session/update", { sessionId: params.sessionId, update })
        return { stopReason: "end_turn", usage: { inputTokens: 7, outputTokens: 5, totalTokens: 12 } }
      }),
    )
    await talk.start("go")
    expect((await talk.until("ended")).usage).toEqual({
      inputTokens: 7,
      outputTokens: 5,
      contextTokens: 900,
      contextWindow: 1000,
      costUsd: 0.5,
    })
  })

  it("names a call by its input, which may come after its name", async () => {
    await open(
      basic().onRequest("session/prompt", async ({ client, params }) => {
        const tell = (update: SessionUpdate) => client.notify("session/update", { sessionId: params.sessionId, update })
        await tell({ sessionUpdate: "tool_call", toolCallId: "1", title: "bash", kind: "execute", status: "pending" })
        await tell({
          sessionUpdate: "tool_call_update",
          toolCallId: "1",
          status: "in_progress",
          title: "ls",
          rawInput: { command: "ls -la" },
        })
        await tell({ sessionUpdate: "tool_call_update", toolCallId: "1", status: "completed", rawOutput: "files" })
        return { stopReason: "end_turn" }
      }),
    )
    await talk.start("go")
    await talk.until("ended")
    expect(talk.tool()).toMatchObject({
      started: { title: "ls", input: "ls -la", kind: "command" },
      ended: { status: "done", output: "files" },
    })
  })

  it("writes through us inside the session's folder only, links included", async () => {
    symlinkSync(tmpdir(), join(cwd, "out"))
    const refused: string[] = []
    await open(
      basic().onRequest("session/prompt", async ({ client, params }) => {
        for (const path of ["a/b.txt", "../escaped.txt", "out/escaped.txt", "/etc/escaped.txt"]) {
          await client
            .request("fs/write_text_file", {
              sessionId: params.sessionId,
              path: path.startsWith("/") ? path : join(cwd, path),
              content: "x",
            })
            .catch(() => refused.push(path))
        }
        return { stopReason: "end_turn" }
      }),
    )
    await talk.start("go")
    await talk.until("ended")
    expect(readFileSync(join(cwd, "a/b.txt"), "utf8")).toBe("x")
    expect(refused).toEqual(["../escaped.txt", "out/escaped.txt", "/etc/escaped.txt"])
  })

  it("goes on when something prints stray words on its output", async () => {
    const app = basic().onRequest("session/prompt", () => ({ stopReason: "end_turn" }))
    const line = lineTo(app)
    talk = await openTalk(
      {
        port,
        cwd,
        launch: async () =>
          heldBy({
            ...line,
            onLine: (next) => line.onLine((text, at) => ["npm warn", "{ half", text].forEach((each) => next(each, at))),
          }),
      },
      {},
    )
    await talk.start("go")
    expect(await talk.until("ended")).toMatchObject({ outcome: "completed" })
  })
})
