import { describe, expect, it } from "vitest"
import {
  asked,
  asleep,
  busy,
  eventsOf,
  given,
  idle,
  intentsOf,
  messageOf,
  reasonOf,
  started,
  stopping,
  threadId,
  turnIds,
} from "../../test/story.ts"

const idleMillis = 60_000
const hibernate = { _tag: "runtime.hibernate", reason: "idle", threadId, generation: 1, idleMillis } as const
/** The runtime is idle since 4000. */
const due = { now: 4000 + idleMillis }
const kept = { _tag: "runtime.kept", threadId, until: 0 } as const

describe("putting a runtime to sleep", () => {
  it("stops it when its idle time is over", () => {
    const decision = given(...idle).when(hibernate, due)
    expect(eventsOf(decision)).toEqual([stopping("idle")])
    expect(intentsOf(decision)).toEqual([{ _tag: "runtime.stop", threadId, reason: "idle" }])
  })

  it("is not due a millisecond before", () => {
    expect(reasonOf(given(...idle).when(hibernate, { now: due.now - 1 }))).toBe("not-due")
  })

  it.each([
    ["a turn", [...busy], "turn"],
    ["an approval", [...idle, asked()], "waiting"],
    ["a person", [...idle, kept], "kept"],
    ["a stop that is under way", [...idle, stopping("archive")], "stopping"],
  ])("is not due while %s holds it", (_, events, reason) => {
    const decision = given(...events).when(hibernate, { now: 10 * idleMillis })
    expect(reasonOf(decision)).toBe("not-due")
    expect(messageOf(decision)).toContain(reason)
  })

  it("does not wait for the idle time where memory is short, but for everything else", () => {
    const short = { ...hibernate, reason: "memory" } as const
    expect(eventsOf(given(...idle).when(short, { now: 4001 }))).toEqual([stopping("memory")])
    expect(reasonOf(given(...busy).when(short, due))).toBe("not-due")
    expect(reasonOf(given(...idle, kept).when(short, due))).toBe("not-due")
  })

  it("is not due for what sleeps", () => {
    expect(reasonOf(given(...asleep).when({ ...hibernate, generation: 0 }, due))).toBe("not-due")
  })

  it("that was meant for an older generation is dropped", () => {
    expect(reasonOf(given(...idle).when({ ...hibernate, generation: 0 }, due))).toBe("stale-generation")
  })

  it("decides at the last moment: a turn that has just come wins", () => {
    expect(reasonOf(given(...idle, started(turnIds.first)).when(hibernate, due))).toBe("not-due")
  })
})
