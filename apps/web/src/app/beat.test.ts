// The foot of the sidebar: a few words that must be true.
import type { Processes } from "@corral/contracts/tree"
import { describe, expect, it } from "vitest"
import { beatOf } from "./beat.ts"

const at = new Date(2026, 10, 3, 14, 2).getTime()
const now = at + 60_000
const stray = { pid: 9, startedAt: 1, command: "sleep", memoryBytes: 1, lastTree: null }
const nothing: Processes = {
  checkedAt: at,
  complete: true,
  lookMillis: 4,
  machine: { totalBytes: 100, availableBytes: 50 },
  trees: [],
  strays: [],
}
const blind = "What runs could not be seen: the supervisor is away."

describe("the foot of the sidebar", () => {
  it("says nothing before there was a look, and that nothing is known where the first one failed", () => {
    expect(beatOf(undefined, undefined, now)).toMatchObject({ icon: "quiet", words: "Processes" })
    expect(beatOf(undefined, blind, now)).toMatchObject({ icon: "attention", text: "attention", words: "Unknown: nothing was seen yet" })
  })

  it("does not say that nothing is running when nobody can look", () => {
    expect(beatOf(nothing, undefined, now).words).toBe("Nothing is running")
    expect(beatOf(nothing, blind, now)).toEqual({ icon: "attention", text: "attention", words: "Unknown since 14:02", heldBytes: null })
  })

  it("goes on to tell of strays, and as of when", () => {
    expect(beatOf({ ...nothing, strays: [stray] }, blind, now)).toMatchObject({ icon: "danger", words: "1 stray, as of 14:02" })
    expect(beatOf({ ...nothing, complete: false, strays: [stray] }, undefined, now)).toMatchObject({ icon: "danger", words: "1 stray" })
  })

  it("is amber at its icon when memory is short, and when a look failed in part", () => {
    expect(beatOf({ ...nothing, machine: { totalBytes: 100, availableBytes: 9 } }, undefined, now)).toMatchObject({
      icon: "attention",
      text: "plain",
    })
    expect(beatOf({ ...nothing, complete: false }, undefined, now)).toMatchObject({
      icon: "attention",
      words: "Unknown: the last look failed",
    })
  })
})
