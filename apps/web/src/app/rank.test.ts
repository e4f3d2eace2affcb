// What is typed finds what is meant.
import { expect, it } from "vitest"
import { rank } from "./rank.ts"

it.each([
  ["Fix flaky test", "fix", 4],
  ["Fix flaky test", "flaky", 3],
  ["Fix flaky test", "laky", 2],
  ["Fix flaky test", "fft", 1],
  ["Fix flaky test", "xyz", null],
  ["Fix flaky test", "", 0],
])("%s for %j ranks %s", (text, typed, value) => expect(rank(text, typed)).toBe(value))
