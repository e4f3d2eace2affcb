import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { FrameRate } from "./frame-rate.ts"

describe("a frame rate", () => {
  let runs: number
  let rate: FrameRate
  beforeEach(() => {
    vi.useFakeTimers()
    runs = 0
    rate = new FrameRate(() => (runs += 1))
  })
  afterEach(() => void vi.useRealTimers())

  it("runs at once, then joins what is wanted within a frame", () => {
    for (let i = 0; i < 5; i++) rate.want()
    expect(runs).toBe(1)
    vi.advanceTimersByTime(100)
    expect(runs).toBe(2)
  })

  it("that was stopped runs again when it is wanted again", () => {
    rate.want()
    rate.want()
    rate.stop()
    vi.advanceTimersByTime(100)
    expect(runs).toBe(1)
    rate.want()
    expect(runs).toBe(2)
  })
})
