import type { Stored } from "@corral/contracts/event"
import { maxInlineChars } from "@corral/contracts/limits"
import type { Piece } from "@corral/contracts/turn"
import { describe, expect, it } from "vitest"
import { item, started, threadId, turnIds } from "../../test/story.ts"
import { cutRow, cutStored } from "./cut.ts"
import { foldRows } from "./transcript.ts"

const long = "x".repeat(maxInlineChars + 5)
const exact = "x".repeat(maxInlineChars)
const begin = (input: string): Piece => ({
  _tag: "tool-started",
  itemId: item("t"),
  turnId: null,
  name: "Bash",
  kind: "command",
  title: "ls",
  parent: null,
  input,
})
const end = (output: string): Piece => ({ _tag: "tool-ended", itemId: item("t"), status: "done", output })
const stored = (...pieces: readonly Piece[]): Stored => ({ seq: 1, at: 1, event: { _tag: "turn.recorded", threadId, pieces } })
const rowOf = (entry: Stored) => foldRows([], entry)[0]?.row

describe("a copy for a client", () => {
  it.each([
    ["input", long, "ok"],
    ["output", "ls", long],
    ["input and output", long, long],
    ["nothing", exact, exact],
  ])("folded from cut events is the cut row: %s too long", (_, input, output) => {
    const whole = stored(begin(input), end(output))
    const row = rowOf(whole)
    expect(row && cutRow(row)).toEqual(rowOf(cutStored(whole)))
  })

  it("says how long the whole is", () => {
    const row = rowOf(stored(begin("ls"), end(long)))
    expect(row && cutRow(row)).toMatchObject({ input: "ls", output: exact, cutChars: long.length + 2 })
  })

  it("is the same where nothing is long", () => {
    const entry = stored(begin(exact), end(exact))
    expect(cutStored(entry)).toBe(entry)
    const row = rowOf(entry)
    expect(row && cutRow(row)).toBe(row)
  })

  it("cuts tools only: what people read is whole", () => {
    const text: Piece = { _tag: "text", itemId: item("a"), turnId: turnIds.first, offset: 0, text: long, done: true }
    const entry = stored(text)
    expect(cutStored(entry)).toBe(entry)
    const other: Stored = { seq: 1, at: 1, event: started(turnIds.first, long) }
    expect(cutStored(other)).toBe(other)
    const row = rowOf(entry)
    expect(row && cutRow(row)).toBe(row)
  })
})
