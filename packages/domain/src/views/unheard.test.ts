// Telling once more what was told: only what is new passes, and folding it gives what an undisturbed telling would have given.
import { describe, expect, it } from "vitest"
import type { Stored } from "@corral/contracts/event"
import { ItemId, ThreadId, TurnId } from "@corral/contracts/ids"
import type { Piece } from "@corral/contracts/turn"
import { foldRows, type Transcript } from "./transcript.ts"
import { unheardLive, unheardPiece } from "./unheard.ts"

const turnId = TurnId.make("trn_1")
const itemId = ItemId.make("g1.a")
const text = (offset: number, said: string, done = false): Piece => ({ _tag: "text", itemId, turnId, offset, text: said, done })
const stored = (pieces: readonly Piece[]): Stored => ({
  seq: 1,
  at: 1,
  event: { _tag: "turn.recorded", threadId: ThreadId.make("thr_1"), pieces },
})
const fold = (pieces: readonly Piece[]): Transcript => foldRows([], stored(pieces))
const row = (pieces: readonly Piece[]) => fold(pieces)[0]?.row

describe("a piece of text", () => {
  it("is new where its row is not there", () => {
    expect(unheardPiece(undefined, text(0, "abc"))).toEqual(text(0, "abc"))
  })

  it("is heard where all of it is there, cut where some of it is", () => {
    const before = row([text(0, "abcdef")])
    expect(unheardPiece(before, text(0, "abc"))).toBe(null)
    expect(unheardPiece(before, text(0, "abcdefgh"))).toEqual(text(6, "gh"))
    expect(unheardPiece(before, text(6, "gh"))).toEqual(text(6, "gh"))
    expect(unheardPiece(before, text(3, "def", true))).toEqual(text(6, "", true))
  })

  it("changes nothing of a row that is whole", () => {
    expect(unheardPiece(row([text(0, "abc", true)]), text(0, "abcdef", true))).toBe(null)
  })

  it.each([0, 1, 3, 4, 7, 10])("told twice, the first time as far as %i characters, reads as told once", (known) => {
    const whole = "0123456789"
    const before = known === 0 ? [] : [text(0, whole.slice(0, known))]
    const again = [text(0, whole.slice(0, 4)), text(4, whole.slice(4, 8)), text(8, whole.slice(8), true)]
    const passed = again.flatMap((piece) => unheardPiece(row(before), piece) ?? [])
    expect([...before, ...passed].reduce((rows: Transcript, piece) => foldRows(rows, stored([piece])), [])[0]?.row).toMatchObject({
      text: whole,
      done: true,
    })
    const length = (pieces: readonly Piece[]) => pieces.reduce((sum, piece) => sum + ("text" in piece ? piece.text.length : 0), 0)
    expect(length([...before, ...passed])).toBe(whole.length)
  })
})

describe("text on its way", () => {
  it("is cut by what is stored", () => {
    const live = { itemId, turnId, kind: "text", offset: 2, text: "cdef" } as const
    expect(unheardLive(undefined, live)).toEqual(live)
    expect(unheardLive(row([text(0, "abcd")]), live)).toEqual({ ...live, offset: 4, text: "ef" })
    expect(unheardLive(row([text(0, "abcdef")]), live)).toBe(null)
  })
})

describe("a tool", () => {
  const start: Piece = { _tag: "tool-started", itemId, turnId, name: "Bash", kind: "command", title: "ls", input: "ls", parent: null }
  const end: Piece = { _tag: "tool-ended", itemId, status: "done", output: "x" }

  it("starts once and ends once", () => {
    expect(unheardPiece(undefined, start)).toEqual(start)
    expect(unheardPiece(row([start]), start)).toBe(null)
    expect(unheardPiece(row([start]), end)).toEqual(end)
    expect(unheardPiece(row([start, end]), end)).toBe(null)
  })
})
