// Numbers and times as people read them.
import { describe, expect, it } from "vitest"
import { bytes, clip, parseSpan, span, time } from "./format.ts"

describe("bytes", () => {
  it("have three figures at most and a unit", () => {
    expect([0, 999, 1_500, 312 * 2 ** 20, 1.25 * 2 ** 30, 999.9 * 2 ** 20].map(bytes)).toEqual([
      "0 B",
      "999 B",
      "1.5 kB",
      "312 MB",
      "1.3 GB",
      "1.0 GB",
    ])
  })
})

describe("a span of time", () => {
  it("has its two largest parts", () => {
    expect([-5, 400, 1_440, 9_940, 9_960, 59_700, 65_000, 3_600_000, 7_320_000, 93_600_000].map(span)).toEqual([
      "0 ms",
      "400 ms",
      "1.4 s",
      "9.9 s",
      "10 s",
      "1 min",
      "1 min 5 s",
      "1 h",
      "2 h 2 min",
      "1 d 2 h",
    ])
  })

  it("is read back from what people type, and from nothing else", () => {
    expect(["90s", "30m", "1h30m", "2d", "0s", "1.5h", "250ms"].map(parseSpan)).toEqual([
      90_000, 1_800_000, 5_400_000, 172_800_000, 0, 5_400_000, 250,
    ])
    expect(["", "5", "abc", "-1h", "1 h", "2h!", "h"].map(parseSpan)).toEqual(Array.from({ length: 7 }, () => undefined))
  })
})

describe("a time", () => {
  it("is local and sorts as text", () => {
    const date = new Date(2026, 0, 5, 9, 3, 7)
    expect(time(date.getTime())).toBe("2026-01-05 09:03:07")
  })
})

describe("a clipped line", () => {
  it("is one line and says that it was cut", () => {
    expect(clip("one\n  two", 20)).toBe("one two")
    expect(clip("abcdefgh", 5)).toBe("abcd…")
    expect(clip("abc", 0)).toBe("…")
  })
})
