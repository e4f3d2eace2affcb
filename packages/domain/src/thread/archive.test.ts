import { describe, expect, it } from "vitest"
import { archived, asleep, asked, busy, deleted, ended, eventsOf, given, idle, intentsOf, queued, reasonOf } from "../../test/story.ts"
import { messageOf, started, stopped, stopping, threadId, turnIds } from "../../test/story.ts"

const archive = { _tag: "thread.archive", threadId } as const
const stop = { _tag: "runtime.stop", threadId, reason: "archive" }

describe("archiving a thread", () => {
  it("asks for its runtime to be stopped", () => {
    const decision = given(...idle).when(archive)
    expect(eventsOf(decision)).toEqual([archived, stopping("archive")])
    expect(intentsOf(decision)).toEqual([stop])
  })

  it("asks for it also where nothing seems to run", () => {
    const decision = given(...asleep).when(archive)
    expect(eventsOf(decision)).toEqual([archived])
    expect(intentsOf(decision)).toEqual([stop])
  })

  it("asks for it in the middle of a turn, which ends with its process", () => {
    const story = given(...busy, asked())
    const decision = story.when(archive)
    expect(intentsOf(decision)).toEqual([stop])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({
      status: "archived",
      turn: { turnId: turnIds.first, interruptAsked: true },
      runtime: { state: "stopping", stopping: "archive" },
    })
  })

  it("ends a turn at once that no agent was started for", () => {
    const story = given(...asleep, started(turnIds.first))
    const decision = story.when(archive)
    expect(eventsOf(decision)).toEqual([archived, ended(turnIds.first, "interrupted")])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({ turn: null, runtime: { state: "asleep" } })
  })

  it("asks again for a stop that is under way", () => {
    expect(intentsOf(given(...idle, stopping("idle")).when(archive))).toEqual([stop])
  })

  it("keeps what is queued, and holds it", () => {
    const story = given(...busy, queued(turnIds.second), archived, stopping("archive"), ended(turnIds.first, "interrupted"))
    expect(story.and(stopped("archive")).it()).toMatchObject({ queue: [{ turnId: turnIds.second }], queueHeld: true })
  })

  it("puts it on top of the archive", () => {
    expect(given(...asleep, archived).it().touchedAt).toBe(3000)
  })

  it("is refused the second time, by a sentence that says what to do", () => {
    const decision = given(...asleep, archived).when(archive)
    expect(reasonOf(decision)).toBe("archived-thread")
    expect(messageOf(decision)).toContain("unarchive it first")
  })

  it("is refused once it is deleted", () => {
    expect(reasonOf(given(...asleep, deleted).when(archive))).toBe("unknown-thread")
  })
})
