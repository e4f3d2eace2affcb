import { describe, expect, it } from "vitest"
import {
  archived,
  asleep,
  eventsOf,
  given,
  idle,
  messageOf,
  reasonOf,
  started,
  stopped,
  stopping,
  threadId,
  turnIds,
  waking,
} from "../../test/story.ts"

const keep = (until: number | null) => ({ _tag: "runtime.keep", threadId, until }) as const
const kept = (until: number | null) => ({ _tag: "runtime.kept", threadId, until }) as const

describe("keeping a runtime", () => {
  it("until a time, or for ever, is on record", () => {
    const story = given(...idle)
    expect(eventsOf(story.when(keep(9000)))).toEqual([kept(9000)])
    expect(eventsOf(story.when(keep(0)))).toEqual([kept(0)])
    expect(story.and(kept(0)).it().runtime.keptUntil).toBe(0)
  })

  it("is let go of by null", () => {
    expect(eventsOf(given(...idle, kept(0)).when(keep(null)))).toEqual([kept(null)])
    expect(eventsOf(given(...idle).when(keep(null)))).toEqual([])
  })

  it("until a time that is over is refused", () => {
    const story = given(...idle)
    expect(reasonOf(story.when(keep(story.now)))).toBe("bad-time")
    expect(reasonOf(story.when(keep(story.now + 1)))).toBeNull()
  })

  it("is possible from the launch on", () => {
    expect(reasonOf(given(...asleep, waking).when(keep(0)))).toBeNull()
  })

  it.each([
    ["asleep", asleep],
    ["waking", [...asleep, started(turnIds.first)]],
    ["stopping", [...idle, stopping("idle")]],
    ["stuck", [...idle, stopped("stop", { outcome: "stuck", left: 1 })]],
  ])("is refused where nothing can be kept: %s", (state, events) => {
    const decision = given(...events).when(keep(0))
    expect(reasonOf(decision)).toBe("nothing-running")
    expect(messageOf(decision)).toContain(state)
  })

  it("of an archived thread is refused", () => {
    expect(reasonOf(given(...idle, archived).when(keep(0)))).toBe("archived-thread")
  })

  it("ends with the processes", () => {
    expect(given(...idle, kept(0), stopped("stop")).it().runtime.keptUntil).toBeNull()
  })
})
