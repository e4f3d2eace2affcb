// Staying at the end is the reader's intent.
import { describe, expect, it } from "vitest"
import { makePin } from "./pin.ts"

const pin = () => makePin(() => undefined)

describe("the pin", () => {
  it("holds while content grows, however far the end runs ahead", () => {
    const it = pin()
    it.onScroll(0)
    it.onScroll(900)
    expect(it.isPinned()).toBe(true)
  })

  it.each([
    ["a wheel turned up", (it: ReturnType<typeof pin>) => it.onWheel(-3)],
    ["a finger dragged down", (it: ReturnType<typeof pin>) => it.onDrag(8)],
    ["PageUp", (it: ReturnType<typeof pin>) => it.onKey("PageUp", false)],
    ["Shift and space", (it: ReturnType<typeof pin>) => it.onKey(" ", true)],
    ["a press on the scrollbar", (it: ReturnType<typeof pin>) => it.onScrollbar()],
  ])("is released by %s", (_, act) => {
    const it = pin()
    act(it)
    expect(it.isPinned()).toBe(false)
  })

  it.each([
    ["a wheel turned down", (it: ReturnType<typeof pin>) => it.onWheel(40)],
    ["a finger dragged up", (it: ReturnType<typeof pin>) => it.onDrag(-8)],
    ["PageDown", (it: ReturnType<typeof pin>) => it.onKey("PageDown", false)],
    ["a space", (it: ReturnType<typeof pin>) => it.onKey(" ", false)],
  ])("is not released by %s", (_, act) => {
    const it = pin()
    act(it)
    expect(it.isPinned()).toBe(true)
  })

  it("is set again when the reader comes near the end", () => {
    const it = pin()
    it.onWheel(-100)
    it.onScroll(400)
    it.onScroll(20)
    expect(it.isPinned()).toBe(true)
  })

  it("stays released when the reader has only just left the end", () => {
    const it = pin()
    it.onWheel(-10)
    it.onScroll(10)
    expect(it.isPinned()).toBe(false)
  })

  it("tells each change once", () => {
    const told: boolean[] = []
    const it = makePin((isPinned) => told.push(isPinned))
    it.onWheel(-1)
    it.onWheel(-1)
    it.set()
    expect(told).toEqual([false, true])
  })
})
