import type { Event, Stored } from "@corral/contracts/event"
import type { Piece } from "@corral/contracts/turn"
import { describe, expect, it } from "vitest"
import { archived, created, ended, item, queued, sent, started, stopped, threadId, turnIds } from "../../test/story.ts"
import { closesRows, touchedRows } from "./touched.ts"
import { foldRows, type Transcript } from "./transcript.ts"

const { first, second } = turnIds
const text = (name: string, offset: number, words: string): Piece => ({
  _tag: "text",
  itemId: item(name),
  turnId: first,
  done: false,
  offset,
  text: words,
})
const recorded = (...pieces: readonly Piece[]): Event => ({ _tag: "turn.recorded", threadId, pieces })
const withdrawn: Event = { _tag: "turn.withdrawn", threadId, turnId: second }
const own: Event = { _tag: "turn.completed", threadId, turnId: null, outcome: "completed", error: null, usage: null }
const log = [
  created,
  started(first),
  sent(first),
  queued(second),
  recorded(text("a", 0, "Hel"), text("b", 0, "x")),
  recorded(text("a", 3, "lo")),
  ended(first, "completed"),
  started(second, ""),
  ended(second, "failed"),
  stopped("exited"),
  queued(second),
  withdrawn,
  archived,
].map((event, i): Stored => ({ seq: i + 1, at: i + 1, event }))

describe("the rows that an event touches", () => {
  it("are each named once", () => {
    expect(touchedRows({ seq: 1, at: 1, event: recorded(text("a", 0, "x"), text("b", 0, "y"), text("a", 1, "z")) })).toEqual([
      { itemId: "a", how: "made-or-changed" },
      { itemId: "b", how: "made-or-changed" },
    ])
  })

  it("move when a queued turn starts, and go when it is withdrawn", () => {
    expect(touchedRows({ seq: 1, at: 1, event: started(second, "") })).toEqual([{ itemId: second, how: "moved" }])
    expect(touchedRows({ seq: 1, at: 1, event: withdrawn })).toEqual([{ itemId: second, how: "dropped" }])
  })

  it("are none for what is no row", () => {
    for (const event of [created, archived, sent(first), own]) expect(touchedRows({ seq: 1, at: 1, event })).toEqual([])
  })

  it("are all that the fold makes, changes and takes away, but for those that an end closes", () => {
    log.reduce<Transcript>((before, stored) => {
      const after = foldRows(before, stored)
      const named = new Set(touchedRows(stored).map(({ itemId }) => itemId))
      const differs = (a: Transcript, b: Transcript) => a.filter((placed) => !b.includes(placed)).map(({ row }) => row.itemId)
      const others = [...differs(after, before), ...differs(before, after)].filter((itemId) => !named.has(itemId))
      if (!closesRows.some((tag) => tag === stored.event._tag)) expect(others).toEqual([])
      return after
    }, [])
  })

  it("are enough to make one row again", () => {
    const whole = log.reduce<Transcript>(foldRows, [])
    const last = whole.find(({ row }) => row.itemId === "a")
    const enough = log.filter(
      (stored) => touchedRows(stored).some(({ itemId }) => itemId === "a") || closesRows.some((tag) => tag === stored.event._tag),
    )
    expect(enough.reduce<Transcript>(foldRows, []).find(({ row }) => row.itemId === "a")).toEqual(last)
  })
})
