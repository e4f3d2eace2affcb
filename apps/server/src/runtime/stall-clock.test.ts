import type { TreeView } from "@corral/contracts/tree"
import { describe, expect, it } from "vitest"
import { readingOf, StallClock, type Reading } from "./stall-clock.ts"

const minute = 60_000
const stallMillis = 10 * minute

const reading = (atMinutes: number, cpu: Readonly<Record<string, number>>, heardAt = 0): Reading => ({
  at: atMinutes * minute,
  heardAt,
  cpu: new Map(Object.entries(cpu)),
})
/** Heard at 0, looked at after one minute and after ten. */
const stalled = (): StallClock => {
  const clock = new StallClock(stallMillis, 0)
  clock.seen(reading(1, { agent: 5_000 }))
  clock.seen(reading(10, { agent: 5_200 }))
  return clock
}

describe("a turn without a sign of work", () => {
  it("is looked at when it was silent for a tenth of the time, and when all of it is over", () => {
    const clock = new StallClock(stallMillis, 0)
    expect(clock.due).toBe(minute)
    clock.seen(reading(1, { agent: 5_000 }))
    expect(clock.stalled).toBe(null)
    expect(clock.due).toBe(10 * minute)
  })

  it("is stalled when its time is over, with what is known and no more", () => {
    expect(stalled().stalled).toEqual({ heardAt: 0, since: minute, until: 10 * minute, cpuMillis: 200 })
  })

  it("is not judged before its time, however often somebody looks", () => {
    const clock = new StallClock(stallMillis, 0)
    for (let seconds = 0; seconds < 599; seconds++) clock.seen(reading(seconds / 60, { agent: 5_000 }))
    expect(clock.stalled).toBe(null)
    clock.seen(reading(10, { agent: 5_000 }))
    expect(clock.stalled).not.toBe(null)
  })

  it("is never called stalled by one look alone", () => {
    const clock = new StallClock(stallMillis, 0)
    clock.seen(reading(60, { agent: 5_000 }))
    expect(clock.stalled).toBe(null)
  })
})

describe("a sign of work", () => {
  it.each([
    ["the agent's own", { agent: 33_000 }],
    ["of a process that came meanwhile", { agent: 5_000, tool: 28_000 }],
    ["of children that have left, with their parent", { agent: 5_000, make: 28_000 }],
  ])("is processor time, %s", (_, cpu) => {
    const clock = new StallClock(stallMillis, 0)
    clock.seen(reading(1, { agent: 5_000 }))
    clock.seen(reading(10, cpu))
    expect(clock.stalled).toBe(null)
    expect(clock.due).toBe(19 * minute)
  })

  it("is a line, and the clock begins anew", () => {
    const clock = stalled()
    clock.heard(12 * minute)
    expect(clock.stalled).toBe(null)
    expect(clock.due).toBe(13 * minute)
  })

  it("is a byte that was no whole line", () => {
    const clock = stalled()
    clock.seen(reading(11, { agent: 5_200 }, 10.5 * minute))
    expect(clock.stalled).toBe(null)
  })

  it("is seen at the next look while it is stalled, which comes a minute later", () => {
    const clock = stalled()
    expect(clock.due).toBe(11 * minute)
    clock.seen(reading(11, { agent: 5_200 + 3_200 }))
    expect(clock.stalled).toBe(null)
  })

  it("is not the trifle that waiting costs: it stays stalled, and the figures go on", () => {
    const clock = stalled()
    clock.seen(reading(10.1, { agent: 5_210 }))
    clock.seen(reading(11, { agent: 5_250 }))
    expect(clock.stalled).toEqual({ heardAt: 0, since: minute, until: 11 * minute, cpuMillis: 250 })
  })
})

describe("a person who waits on", () => {
  it("has the whole time again, and what was heard last stays true", () => {
    const clock = stalled()
    clock.waitOn(12 * minute)
    expect(clock.stalled).toBe(null)
    clock.seen(reading(13, { agent: 5_300 }))
    clock.seen(reading(21.9, { agent: 5_300 }))
    expect(clock.stalled).toBe(null)
    clock.seen(reading(22, { agent: 5_300 }))
    expect(clock.stalled).toMatchObject({ heardAt: 0, since: 13 * minute })
  })
})

describe("a look", () => {
  it("that told nothing is tried again later, not at once", () => {
    const clock = new StallClock(stallMillis, 0)
    clock.missed(minute)
    expect(clock.due).toBe(2 * minute)
  })

  it("that measured nothing is none", () => {
    const tree = { processes: [{ pid: 1, startedAt: 2 }], lastOutputAt: 3 }
    // Only these fields are read.
    const view: TreeView = JSON.parse(JSON.stringify(tree))
    expect(readingOf(view, 4)).toBe(null)
  })
})
