import type { Stored } from "@corral/contracts/event"
import type { Live } from "@corral/contracts/rpc"
import type { Piece } from "@corral/contracts/turn"
import { describe, expect, it } from "vitest"
import { ended, item, started, threadId, turnIds } from "../../test/story.ts"
import { applyLive } from "./live.ts"
import { livePlace } from "./piece.ts"
import { foldRows, type Transcript } from "./transcript.ts"

const { first } = turnIds
const live = (offset: number, text: string, kind: Live["kind"] = "text"): Live => ({ itemId: item("a"), turnId: first, kind, offset, text })
const piece = (offset: number, text: string, done: boolean): Piece => ({
  _tag: "text",
  itemId: item("a"),
  turnId: first,
  offset,
  text,
  done,
})
const recorded = (seq: number, ...pieces: readonly Piece[]): Stored => ({
  seq,
  at: seq * 100,
  event: { _tag: "turn.recorded", threadId, pieces },
})
const begun = foldRows([], { seq: 1, at: 100, event: started(first) })
const textOf = (transcript: Transcript, name = "a") => {
  const row = transcript.find((placed) => placed.row.itemId === name)?.row
  return row?._tag === "text" || row?._tag === "thinking" ? row.text : row?._tag === "tool" ? row.output : undefined
}

describe("live text", () => {
  it("makes a row after all others until its event comes", () => {
    const rows = applyLive(begun, [live(0, "Hel"), live(3, "lo")])
    expect(rows[1]).toEqual({ place: livePlace, row: { _tag: "text", itemId: "a", turnId: first, at: 100, text: "Hello", done: false } })
  })

  it("gets its place from the event, and keeps what has come further", () => {
    const rows = foldRows(applyLive(begun, [live(0, "Hello")]), recorded(2, piece(0, "Hel", false)))
    expect(rows[1]?.place).toBe(2)
    expect(textOf(rows)).toBe("Hello")
  })

  it("is corrected by the event that closes the row", () => {
    const rows = foldRows(applyLive(begun, [live(0, "Hello there")]), recorded(2, piece(0, "Hello", true)))
    expect(textOf(rows)).toBe("Hello")
    expect(applyLive(rows, [live(5, " there")])).toBe(rows)
  })

  it("that overlaps is not doubled", () => {
    const rows = applyLive(begun, [live(0, "Hel"), live(1, "ello"), live(0, "Hello")])
    expect(textOf(rows)).toBe("Hello")
  })

  it("that does not connect waits for its event", () => {
    const rows = applyLive(begun, [live(0, "Hel")])
    expect(applyLive(rows, [live(4, "o")])).toBe(rows)
    expect(applyLive(begun, [live(4, "o")])).toBe(begun)
  })

  it("follows stored text", () => {
    const rows = foldRows(begun, recorded(2, piece(0, "Hel", false)))
    expect(textOf(applyLive(rows, [live(3, "lo")]))).toBe("Hello")
  })

  it("stays behind rows that are stored meanwhile", () => {
    const notice: Piece = { _tag: "notice", itemId: item("n"), turnId: null, level: "info", text: "Retrying", detail: null }
    const rows = foldRows(applyLive(begun, [live(0, "Hello")]), recorded(2, notice))
    expect(rows.map(({ row }) => row._tag)).toEqual(["user", "notice", "text"])
  })

  it("of thinking is not mixed with text", () => {
    const rows = applyLive(applyLive(begun, [live(0, "Hm", "thinking")]), [live(2, "!", "text")])
    expect(textOf(rows)).toBe("Hm")
  })

  it("of a turn that has ended is whole", () => {
    const rows = foldRows(applyLive(begun, [live(0, "Hel")]), { seq: 3, at: 300, event: ended(first, "interrupted") })
    expect(rows.find(({ row }) => row.itemId === "a")?.row).toMatchObject({ done: true })
    expect(applyLive(rows, [live(3, "lo")])).toBe(rows)
  })
})

describe("live output", () => {
  const tool: Piece = {
    _tag: "tool-started",
    itemId: item("t"),
    turnId: first,
    name: "Bash",
    kind: "command",
    title: "ls",
    input: "ls",
    parent: null,
  }
  const output = (offset: number, text: string) => ({ ...live(offset, text, "output"), itemId: item("t") })

  it("grows in its tool's row while the tool runs", () => {
    const rows = foldRows(begun, recorded(2, tool))
    expect(textOf(applyLive(rows, [output(0, "a\n"), output(2, "b\n")]), "t")).toBe("a\nb\n")
  })

  it("is replaced by the whole output at the end", () => {
    const rows = applyLive(foldRows(begun, recorded(2, tool)), [output(0, "a\n")])
    const ended = foldRows(rows, recorded(3, { _tag: "tool-ended", itemId: item("t"), status: "done", output: "a\nb\n" }))
    expect(textOf(ended, "t")).toBe("a\nb\n")
    expect(applyLive(ended, [output(4, "late")])).toBe(ended)
  })

  it("of a tool that is not there is nothing", () => {
    expect(applyLive(begun, [output(0, "a")])).toBe(begun)
  })
})
