import { ItemId } from "@corral/contracts/ids"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { AgentEvent } from "./provider.ts"
import { Segments } from "./segments.ts"

/** Where a segment is cut. */
const segmentChars = 32 * 1024
const row = { itemId: ItemId.make("g1.a"), kind: "text", turnId: null } as const

describe("streamed text", () => {
  let told: AgentEvent[]
  let segments: Segments
  const pieces = () => told.flatMap((event) => (event._tag === "piece" && event.piece._tag === "text" ? [event.piece] : []))
  const live = () => told.flatMap((event) => (event._tag === "live" ? [event.live] : []))

  beforeEach(() => {
    vi.useFakeTimers()
    told = []
    segments = new Segments((event) => told.push(event))
  })
  afterEach(() => void vi.useRealTimers())

  it("is shown at once, each part at its place", () => {
    segments.append(row, "one ")
    segments.append(row, "two")
    expect(live()).toMatchObject([
      { offset: 0, text: "one " },
      { offset: 4, text: "two" },
    ])
    expect(pieces()).toEqual([])
  })

  it("is stored after a second of waiting, and goes on where it ended", () => {
    segments.append(row, "one ")
    vi.advanceTimersByTime(1000)
    segments.append(row, "two")
    segments.close(row.itemId)
    expect(pieces()).toMatchObject([
      { offset: 0, text: "one ", done: false },
      { offset: 4, text: "two", done: true },
    ])
  })

  it("is stored in segments of a bounded size, and nothing is lost or doubled", () => {
    const text = "0123456789".repeat(10_000)
    for (let place = 0; place < text.length; place += 7) segments.append(row, text.slice(place, place + 7))
    segments.closeAll()
    expect(Math.max(...pieces().map((piece) => piece.text.length))).toBeLessThanOrEqual(segmentChars)
    expect(
      pieces()
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text)
    for (const piece of pieces()) expect(text.startsWith(piece.text, piece.offset)).toBe(true)
    expect(pieces().at(-1)?.done).toBe(true)
  })

  it("is never cut inside a character", () => {
    segments.append(row, `${"x".repeat(segmentChars - 1)}😀 and on`)
    expect(pieces()[0]?.text).toBe("x".repeat(segmentChars - 1))
    segments.closeAll()
    expect(
      pieces()
        .map((piece) => piece.text)
        .join(""),
    ).toBe(`${"x".repeat(segmentChars - 1)}😀 and on`)
  })

  it("waits for the second half of a character that came in two parts", () => {
    segments.append(row, "\uD83D")
    vi.advanceTimersByTime(1000)
    expect(pieces()).toEqual([])
    segments.append(row, "\uDE00")
    vi.advanceTimersByTime(1000)
    expect(pieces()).toMatchObject([{ text: "😀" }])
  })

  it("leaves no timer behind when it is closed", () => {
    segments.append(row, "one")
    segments.closeAll()
    expect(vi.getTimerCount()).toBe(0)
  })
})
