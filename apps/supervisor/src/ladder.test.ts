import { describe, expect, it } from "vitest"
import { begin, step, type Descent, type Observed, type Rung, type Step } from "./ladder.ts"

const budgets = { protocol: 1000, eof: 3000, term: 1500, kill: 10_000 }
const quiet = { left: 1, proves: true, rootHasLeft: false, isAnswered: false, allDenied: false, from: "protocol" } as const

/** Feeds what is seen, one after the other, and gives each step. */
const climb = (from: Rung, sights: readonly (Partial<Observed> & { readonly at: number })[]): readonly Step[] => {
  let descent: Descent = begin(from, budgets, 0)
  return sights.map((sight) => {
    const next = step(descent, { ...quiet, ...sight })
    descent = next.descent
    return next
  })
}
const where = (steps: readonly Step[]): readonly string[] => steps.map(({ now, descent }) => (now === "on-rung" ? descent.rung : now))
const rungs = (steps: readonly Step[]): Descent["done"] => steps.at(-1)?.descent.done ?? []

describe("the ladder", () => {
  it("stands on each rung for its time at most, then takes the next, and gives up at its end", () => {
    const steps = climb("protocol", [
      { at: 999 },
      { at: 1000 },
      { at: 3999 },
      { at: 4000 },
      { at: 5500 },
      { at: 15_499 },
      { at: 15_500, left: 2 },
    ])
    expect(where(steps)).toEqual(["protocol", "eof", "eof", "term", "kill", "kill", "stuck"])
    expect(rungs(steps)).toEqual([
      { name: "protocol", millis: 1000, left: 1 },
      { name: "eof", millis: 3000, left: 1 },
      { name: "term", millis: 1500, left: 1 },
      { name: "kill", millis: 10_000, left: 2 },
    ])
  })

  it("says gone after two clean looks, ten milliseconds apart, and not before", () => {
    const steps = climb("eof", [
      { at: 50, left: 0 },
      { at: 59, left: 0 },
      { at: 60, left: 0 },
    ])
    expect(where(steps)).toEqual(["proving", "proving", "gone"])
    expect(rungs(steps)).toEqual([{ name: "eof", millis: 60, left: 0 }])
  })

  it("begins to count anew when somebody appears between two clean looks", () => {
    expect(where(climb("kill", [{ at: 50, left: 0 }, { at: 58 }, { at: 61, left: 0 }, { at: 70, left: 0 }, { at: 71, left: 0 }]))).toEqual([
      "proving",
      "kill",
      "proving",
      "proving",
      "gone",
    ])
  })

  it("takes a look that proves nothing for nothing, and ends stuck when no other comes", () => {
    const steps = climb("term", [
      { at: 10, left: 0, proves: false },
      { at: 1500, left: 0, proves: false },
      { at: 2000, left: 0, proves: false },
      { at: 11_500, left: 0, proves: false },
    ])
    expect(where(steps)).toEqual(["proving", "proving", "proving", "stuck"])
  })

  it("goes on to TERM at once when the root has left others behind", () => {
    expect(where(climb("eof", [{ at: 20, rootHasLeft: true, left: 3 }]))).toEqual(["term"])
  })

  it("ends its farewell as soon as the agent has answered it", () => {
    expect(where(climb("protocol", [{ at: 20 }, { at: 150, isAnswered: true }]))).toEqual(["protocol", "eof"])
  })

  it("does not wait for survivors that the system forbids to signal", () => {
    const denied = { allDenied: true, left: 2 }
    expect(
      where(
        climb("kill", [
          { at: 5, ...denied },
          { at: 1004, ...denied },
          { at: 1005, ...denied },
        ]),
      ),
    ).toEqual(["kill", "kill", "stuck"])
  })

  it("waits again when one of them can be signalled after all", () => {
    const denied = { allDenied: true, left: 2 }
    expect(where(climb("kill", [{ at: 5, ...denied }, { at: 900 }, { at: 1100, ...denied }]))).toEqual(["kill", "kill", "kill"])
  })

  it("skips rungs when somebody is in a hurry, and never goes back up", () => {
    expect(where(climb("eof", [{ at: 5 }, { at: 10, from: "kill" }, { at: 20, from: "eof" }]))).toEqual(["eof", "kill", "kill"])
  })
})
