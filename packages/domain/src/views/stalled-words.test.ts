import { describe, expect, it } from "vitest"
import { stalledWords } from "./stalled-words.ts"

const minute = 60_000
const stalled = { heardAt: 0, since: minute, until: 10 * minute, cpuMillis: 0 }

describe("the words for a stalled turn", () => {
  it("say since when nothing was heard, until now, and for which time the processor was watched", () => {
    expect(stalledWords(stalled, 12 * minute)).toBe("nothing heard for 12 min, no CPU used in 9 min")
  })

  it("never say less than was seen, by a clock that is behind", () => {
    expect(stalledWords(stalled, 9 * minute)).toContain("nothing heard for 10 min")
  })

  it.each([
    [9, "no CPU used"],
    [40, "under 0.1 s of CPU used"],
    [250, "0.3 s of CPU used"],
    [12_400, "12 s of CPU used"],
  ])("name what was used: %i ms", (cpuMillis, words) => {
    expect(stalledWords({ ...stalled, cpuMillis }, 10 * minute)).toContain(`, ${words} in `)
  })
})
