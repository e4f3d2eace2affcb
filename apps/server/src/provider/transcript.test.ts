import { TurnId } from "@corral/contracts/ids"
import { maxToolOutputChars } from "@corral/contracts/limits"
import { beforeEach, describe, expect, it } from "vitest"
import type { AgentEvent } from "./provider.ts"
import { requestIdOf } from "./row-id.ts"
import { Transcript } from "./transcript.ts"

const turnId = TurnId.make("trn_1")
const tool = { name: "Bash", kind: "command", title: "ls\n-la", input: "ls", parent: null } as const

describe("a transcript", () => {
  let told: AgentEvent[]
  let transcript: Transcript
  const pieces = () => told.flatMap((event) => (event._tag === "piece" ? [event.piece] : []))

  beforeEach(() => {
    told = []
    transcript = new Transcript(3, (event) => told.push(event))
  })

  it("marks what belongs to a turn, and what the agent did by itself", () => {
    transcript.startTool("one", tool)
    transcript.begin(turnId)
    transcript.startTool("two", tool)
    expect(pieces().map((piece) => ("turnId" in piece ? piece.turnId : undefined))).toEqual([null, turnId])
  })

  it("names rows by generation, so that two processes never share one", () => {
    transcript.startTool("call_1", tool)
    new Transcript(4, (event) => told.push(event)).startTool("call_1", tool)
    expect(new Set(pieces().map(({ itemId }) => itemId)).size).toBe(2)
  })

  it("takes any name an agent gives", () => {
    transcript.startTool("ein / Name\nmit \u0000 allem", tool)
    expect(pieces()[0]?.itemId).toMatch(/^g3\.[\w-]+$/)
  })

  it("shows only what is new of an output", () => {
    transcript.startTool("one", tool)
    transcript.showOutput("one", "a")
    transcript.showOutput("one", "ab")
    transcript.showOutput("one", "rewritten")
    expect(told.flatMap((event) => (event._tag === "live" ? [[event.live.offset, event.live.text]] : []))).toEqual([
      [0, "a"],
      [1, "b"],
    ])
  })

  it("bounds a tool's output and says how much was cut", () => {
    transcript.startTool("one", tool)
    transcript.endTool("one", "done", "x".repeat(maxToolOutputChars + 5))
    expect(pieces()[1]).toMatchObject({ status: "done", output: expect.stringContaining("[cut: 5 more characters]") })
  })

  it("ends a tool once", () => {
    transcript.startTool("one", tool)
    transcript.endTool("one", "done", "")
    transcript.endTool("one", "failed", "")
    expect(pieces()).toHaveLength(2)
  })

  it("closes everything that is open when the turn ends, and then says that it ended", async () => {
    transcript.begin(turnId)
    transcript.say("text", "a", "hello")
    transcript.startTool("one", tool)
    const asked = transcript.requests.ask({
      requestId: requestIdOf(3, "r"),
      turnId,
      kind: "command",
      toolName: "Bash",
      subject: "ls",
      cwd: null,
      always: null,
      questions: [],
      openedAt: 0,
    })
    transcript.end({ outcome: "interrupted", error: null, usage: null })
    expect(await asked).toBeNull()
    expect(pieces().slice(-2)).toMatchObject([
      { _tag: "text", text: "hello", done: true },
      { _tag: "tool-ended", status: "lost" },
    ])
    expect(told.at(-1)).toMatchObject({ _tag: "ended", turnId, outcome: "interrupted" })
    expect(transcript.turnId).toBeNull()
  })
})
