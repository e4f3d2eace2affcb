// How long a client waits before it tries again.
import { expect, it } from "vitest"
import { retryMillis } from "./state.ts"

it("waits longer with each attempt, at most 5 s, and half of it is chance", () => {
  expect([1, 2, 3, 6, 7, 1_000].map((attempt) => retryMillis(attempt, 0))).toEqual([50, 100, 200, 1_600, 2_500, 2_500])
  expect([1, 2, 3, 6, 7, 1_000].map((attempt) => retryMillis(attempt, 0.999))).toEqual([100, 200, 400, 3_198, 4_998, 4_998])
})
