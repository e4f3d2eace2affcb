// What is said of the machine is what was seen, and says when that is no longer so.
import type { Processes } from "@corral/contracts/tree"
import { describe, expect, it } from "vitest"
import { claimOf, isNothingProved, nothingWords, strayClaim } from "./claims.ts"

const stray = { pid: 9, startedAt: 1, command: "sleep", memoryBytes: 1, lastTree: null }
const nothing: Processes = {
  checkedAt: 1,
  complete: true,
  lookMillis: 4,
  machine: { totalBytes: 100, availableBytes: 50 },
  trees: [],
  strays: [],
}

describe("a number that was counted", () => {
  it("is itself while it can be seen", () => {
    expect(claimOf(0, false)).toEqual({ number: "0", tone: null })
    expect(claimOf(3, false)).toEqual({ number: "3", tone: null })
  })

  it("is amber when nothing can be seen, and never 0", () => {
    expect(claimOf(3, true)).toEqual({ number: "3", tone: "attention" })
    expect(claimOf(0, true)).toEqual({ number: "unknown", tone: "attention" })
    expect(claimOf(1024, true, "1.0")).toEqual({ number: "1.0", tone: "attention" })
  })
})

describe("strays", () => {
  it("are 0 only by a whole look that is the present", () => {
    expect(strayClaim(nothing, false)).toEqual({ number: "0", tone: "ok" })
    expect(strayClaim({ ...nothing, complete: false }, false)).toEqual({ number: "unknown", tone: "attention" })
    expect(strayClaim(nothing, true)).toEqual({ number: "unknown", tone: "attention" })
  })

  it("that were seen are told however the rest of the look went", () => {
    const seen = { ...nothing, complete: false, strays: [stray] }
    expect(strayClaim(seen, false)).toEqual({ number: "1", tone: "danger" })
    expect(strayClaim(seen, true)).toEqual({ number: "1", tone: "danger" })
  })
})

describe("a page without a session", () => {
  it("says that nothing is running only where that is proved", () => {
    const words = (seen: Processes, isBlind: boolean, isOne = false) => nothingWords(seen, { isBlind, isOne })
    expect(words(nothing, false)).toBe("Nothing is running")
    expect(words(nothing, true)).toBe("What runs now is unknown")
    expect(words({ ...nothing, strays: [stray] }, false)).toBe("No session is running")
    expect(words(nothing, false, true)).toBe("Nothing of this thread is running")
    expect(isNothingProved(nothing, true)).toBe(false)
  })
})
