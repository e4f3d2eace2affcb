import { describe, expect, it } from "vitest"
import { archived, asleep, deleted, eventsOf, given, idle, intentsOf, reasonOf, stopping, threadId } from "../../test/story.ts"

const unarchive = { _tag: "thread.unarchive", threadId } as const

describe("unarchiving a thread", () => {
  it("brings it back, and wakes nothing", () => {
    const story = given(...asleep, archived)
    const decision = story.when(unarchive)
    expect(eventsOf(decision)).toEqual([{ _tag: "thread.unarchived", threadId }])
    expect(intentsOf(decision)).toEqual([])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({ status: "active", touchedAt: 4000, runtime: { state: "asleep" } })
  })

  it("does not call off the stop that is under way", () => {
    const story = given(...idle, archived, stopping("archive"), { _tag: "thread.unarchived", threadId })
    expect(story.it().runtime.state).toBe("stopping")
  })

  it("is refused where it is not archived", () => {
    expect(reasonOf(given(...asleep).when(unarchive))).toBe("not-archived")
  })

  it("is refused once it is deleted", () => {
    expect(reasonOf(given(...asleep, archived, deleted).when(unarchive))).toBe("unknown-thread")
  })
})
