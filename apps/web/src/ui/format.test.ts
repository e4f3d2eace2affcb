// How numbers read on the screens.
import { expect, it } from "vitest"
import { formatBytes } from "./format-bytes.ts"
import { formatAge, formatClock, formatDuration } from "./format-time.ts"

const mega = 1024 * 1024

it.each([
  [0, "0 MB"],
  [20_000, "20 kB"],
  [1.5 * mega, "1.5 MB"],
  [612 * mega, "612 MB"],
  [1413 * mega, "1.38 GB"],
  [16 * 1024 * mega, "16.0 GB"],
])("%d bytes read as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text))

it.each([
  [41, "41 ms"],
  [1240, "1.2 s"],
  [12_400, "12 s"],
  [134_000, "2m 14s"],
  [1_800_000, "30m"],
  [3_720_000, "1h 02m"],
  [100 * 3_600_000, "4d 4h"],
])("%d ms read as %s", (millis, text) => expect(formatDuration(millis)).toBe(text))

it("a clock counts minutes and hours", () => {
  expect([0, 14_000, 538_000, 3_723_000].map(formatClock)).toEqual(["0:00", "0:14", "8:58", "1:02:03"])
})

it("an age has one unit", () => {
  expect([5000, 240_000, 9 * 3_600_000, 72 * 3_600_000].map(formatAge)).toEqual(["now", "4m", "9h", "3d"])
})
