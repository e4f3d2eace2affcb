import { describe, expect, it } from "vitest"
import type { AgentLine, Exit } from "../provider.ts"
import { AgentStream } from "./agent-stream.ts"
import { WireIds } from "./wire-ids.ts"

const left: Exit = { code: 0, signal: null, stderr: "" }

/** An agent that says what it is told to, and leaves when it is told to. */
const played = () => {
  let say: (text: string, n: number) => void = () => undefined
  let leave: (exit: Exit) => void = () => undefined
  const line: AgentLine = {
    pid: 1,
    write: () => Promise.resolve(),
    onLine: (listener) => (say = listener),
    onExit: (listener) => (leave = listener),
    requestStop: () => undefined,
  }
  return { line, say: (text: string, n: number) => say(text, n), leave: () => leave(left) }
}

describe("an agent's stream", () => {
  it("outlives that the library reads no more: what the agent says then, and that it leaves, is heard by everybody else", async () => {
    const agent = played()
    const stream = new AgentStream(agent.line, { ids: new WireIds(0), adopted: null })
    await stream.listen(() => "")
    const exits: Exit[] = []
    stream.onExit((exit) => exits.push(exit))
    await stream.stream.readable.cancel()
    agent.say('{"jsonrpc":"2.0","method":"session/update","params":{}}', 1)
    await stream.heard(1)
    agent.leave()
    expect(exits).toEqual([left])
  })
})
