import { maxToolOutputChars } from "@corral/contracts/limits"
import type { Piece } from "@corral/contracts/turn"
import { evolveThread } from "@corral/domain/evolve"
import { describe, expect, it } from "vitest"
import { busy, eventsOf, given, idle, item, reasonOf, stopped, threadId, turnIds } from "../../test/story.ts"

const text: Piece = { _tag: "text", itemId: item("a"), turnId: turnIds.first, offset: 0, text: "Hi", done: true }
const record = (pieces: readonly Piece[], generation = 1) => ({ _tag: "turn.record", threadId, generation, pieces }) as const
const output = (chars: number): Piece => ({ _tag: "tool-ended", itemId: item("t"), status: "done", output: "x".repeat(chars) })
const input = (chars: number): Piece => ({
  _tag: "tool-started",
  itemId: item("t"),
  turnId: null,
  name: "Bash",
  kind: "command",
  title: "x",
  parent: null,
  input: "x".repeat(chars),
})

describe("recording what an agent did", () => {
  it("keeps the pieces as they are", () => {
    expect(eventsOf(given(...busy).when(record([text])))).toEqual([{ _tag: "turn.recorded", threadId, pieces: [text] }])
  })

  it("keeps nothing of nothing", () => {
    expect(eventsOf(given(...busy).when(record([])))).toEqual([])
  })

  it("drops what an older generation says", () => {
    expect(reasonOf(given(...busy).when(record([text], 0)))).toBe("stale-generation")
  })

  it("keeps the last words of an agent that is seen gone already", () => {
    expect(eventsOf(given(...idle, stopped("exited")).when(record([text])))).toHaveLength(1)
  })

  it("keeps long inputs and outputs up to the limit, and marks the cut with the whole length", () => {
    const [event] = eventsOf(given(...busy).when(record([input(maxToolOutputChars + 1), output(maxToolOutputChars + 9)])))
    const pieces = event?._tag === "turn.recorded" ? event.pieces : []
    expect(
      pieces.map((piece) => (piece._tag === "tool-started" ? piece.input.length : piece._tag === "tool-ended" && piece.output.length)),
    ).toEqual([maxToolOutputChars, maxToolOutputChars])
    expect(pieces[1]).toMatchObject({ output: expect.stringContaining(`${maxToolOutputChars + 9} characters in all`) })
  })

  it("cuts nothing at the limit", () => {
    const pieces = [input(maxToolOutputChars), output(maxToolOutputChars)]
    expect(eventsOf(given(...busy).when(record(pieces)))).toEqual([{ _tag: "turn.recorded", threadId, pieces }])
  })

  it("does not change the thread: nothing is written for it but the event", () => {
    const thread = given(...busy).it()
    expect(evolveThread(thread, { _tag: "turn.recorded", threadId, pieces: [text] }, 9)).toBe(thread)
  })
})
