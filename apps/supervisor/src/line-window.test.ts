import { describe, expect, it } from "vitest"
import { keptBytes, LineWindow, windowBytes } from "./line-window.ts"

const filled = (count: number): LineWindow => {
  const window = new LineWindow()
  for (let n = 1; n <= count; n += 1) window.add(Buffer.from(String(n)))
  return window
}
const numbers = (window: LineWindow, after: number): readonly number[] => window.after(after).map((frame) => frame.n)

describe("the window of unacknowledged lines", () => {
  it("numbers from 1 and gives again what comes after a number", () => {
    expect(numbers(filled(4), 0)).toEqual([1, 2, 3, 4])
    expect(numbers(filled(4), 2)).toEqual([3, 4])
    expect(numbers(filled(4), 9)).toEqual([])
  })

  it("does not count what was acknowledged, and goes on counting", () => {
    const window = filled(10)
    for (const n of [1, 2, 7]) window.acknowledge(n)
    expect(numbers(window, 7)).toEqual([8, 9, 10])
    expect(window.count).toBe(3)
    expect(window.next).toBe(11)
    window.acknowledge(3)
    window.acknowledge(99)
    expect(window.count).toBe(0)
    expect(window.size).toBe(0)
    expect(window.add(Buffer.from("x")).n).toBe(11)
  })

  it("is full at its bound, and not any more when enough was acknowledged", () => {
    const window = new LineWindow()
    const half = Buffer.alloc(windowBytes / 2)
    window.add(half)
    expect(window.isFull).toBe(false)
    window.add(half)
    expect(window.isFull).toBe(true)
    window.acknowledge(1)
    expect(window.isFull).toBe(false)
  })
})

describe("the bookmark", () => {
  it("keeps what was acknowledged for a next server, until it moves on", () => {
    const window = filled(6)
    window.acknowledge(6)
    expect(window.bookmark).toBe(0)
    expect(numbers(window, 0)).toEqual([1, 2, 3, 4, 5, 6])
    window.moveBookmark(4)
    expect(window.bookmark).toBe(4)
    expect(numbers(window, 0)).toEqual([5, 6])
    expect([window.count, window.size]).toEqual([0, 0])
    window.moveBookmark(2)
    expect(window.bookmark).toBe(4)
  })

  it("is lost when more was said since than is kept, and found again when it moves past that", () => {
    const window = new LineWindow()
    const quarter = Buffer.alloc(keptBytes / 4)
    for (let n = 1; n <= 5; n += 1) {
      window.add(quarter)
      window.acknowledge(n)
    }
    expect(window.bookmark).toBe(null)
    expect(numbers(window, 0)).toEqual([2, 3, 4, 5])
    window.moveBookmark(5)
    expect(window.bookmark).toBe(5)
    expect(numbers(window, 0)).toEqual([])
  })

  it("acknowledges what it passes", () => {
    const window = filled(3)
    window.moveBookmark(2)
    expect(window.count).toBe(1)
  })
})
