import { describe, expect, it } from "vitest"
import { archived, asleep, busy, deleted, ended, eventsOf, given, idle, intentsOf, queued, reasonOf } from "../../test/story.ts"
import { started, stopped, stopping, threadId, turnIds, waking } from "../../test/story.ts"

const stop = { _tag: "runtime.stop", threadId } as const
const intent = { _tag: "runtime.stop", threadId, reason: "stop" }

describe("stopping a runtime", () => {
  it("is stopping until a certificate says otherwise", () => {
    const story = given(...idle)
    const decision = story.when(stop)
    expect(eventsOf(decision)).toEqual([stopping("stop")])
    expect(intentsOf(decision)).toEqual([intent])
    expect(story.and(...eventsOf(decision)).it().runtime).toMatchObject({
      state: "stopping",
      stopping: "stop",
      since: 5000,
      treeId: "tre_1",
    })
  })

  it("that sleeps is asked for all the same", () => {
    const decision = given(...asleep).when(stop)
    expect(eventsOf(decision)).toEqual([])
    expect(intentsOf(decision)).toEqual([intent])
  })

  it("ends a turn at once that no agent was started for, and holds the queue", () => {
    const story = given(...asleep, started(turnIds.first), queued(turnIds.second))
    const decision = story.when(stop)
    expect(eventsOf(decision)).toEqual([ended(turnIds.first, "interrupted")])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({ turn: null, queueHeld: true, runtime: { state: "asleep" } })
  })

  it("in the middle of a launch waits for the proof", () => {
    expect(eventsOf(given(...asleep, started(turnIds.first), waking).when(stop))).toEqual([stopping("stop")])
  })

  it.each(["stop", "archive", "delete"] as const)("by %s means the running turn too", (reason) => {
    expect(given(...busy, stopping(reason)).it().turn).toMatchObject({ interruptAsked: true })
  })

  it("does not mean a turn that was started after it", () => {
    expect(given(...idle, stopping("stop"), started(turnIds.first)).it().turn).toMatchObject({ interruptAsked: false })
  })

  it("for another reason than a person's leaves it to the certificate what becomes of the turn", () => {
    expect(given(...busy, stopping("memory")).it().turn).toMatchObject({ interruptAsked: false })
  })

  it("asked again is asked again, from the first time on", () => {
    const story = given(...idle, stopping("idle"))
    const decision = story.when(stop)
    expect(intentsOf(decision)).toEqual([intent])
    expect(story.and(...eventsOf(decision)).it().runtime).toMatchObject({ stopping: "stop", since: 5000 })
  })

  it("that is stuck tries again", () => {
    const story = given(...idle, stopped("stop", { outcome: "stuck", left: 1 }))
    expect(eventsOf(story.when(stop))).toEqual([stopping("stop")])
  })

  it("of an archived thread is possible, of a deleted one refused", () => {
    expect(reasonOf(given(...asleep, archived).when(stop))).toBeNull()
    expect(reasonOf(given(...asleep, deleted).when(stop))).toBe("unknown-thread")
  })
})
