import { describe, expect, it } from "vitest"
import { archived, asleep, busy, ended, eventsOf, given, idle, intentsOf, queued, reasonOf } from "../../test/story.ts"
import { started, stopped, stopping, threadId, turnIds, waking } from "../../test/story.ts"

const wake = { _tag: "runtime.wake", threadId } as const
const held = [...busy, queued(turnIds.second), ended(turnIds.first, "failed")]

describe("waking a runtime", () => {
  it("that sleeps asks for it", () => {
    const decision = given(...asleep).when(wake)
    expect(eventsOf(decision)).toEqual([])
    expect(intentsOf(decision)).toEqual([{ _tag: "runtime.wake", threadId }])
  })

  it.each([
    ["idle", idle],
    ["busy", busy],
    ["waking", [...asleep, waking]],
  ])("that is %s changes nothing", (_, events) => {
    const decision = given(...events).when(wake)
    expect(eventsOf(decision)).toEqual([])
    expect(intentsOf(decision)).toEqual([])
  })

  it("that is being stopped comes after the stop", () => {
    expect(intentsOf(given(...idle, stopping("idle")).when(wake))).toEqual([{ _tag: "runtime.wake", threadId }])
  })

  it("that is stuck tries the stop again first", () => {
    const decision = given(...idle, stopped("stop", { outcome: "stuck", left: 1 })).when(wake)
    expect(eventsOf(decision)).toEqual([stopping("replace")])
    expect(intentsOf(decision)).toEqual([
      { _tag: "runtime.stop", threadId, reason: "replace" },
      { _tag: "runtime.wake", threadId },
    ])
  })

  it("lets a held queue go on, awake or asleep", () => {
    const intents = [{ _tag: "turn.start", threadId, turnId: turnIds.second }]
    expect(intentsOf(given(...held).when(wake))).toEqual(intents)
    const decision = given(...held, stopped("idle")).when(wake)
    expect(eventsOf(decision)).toEqual([started(turnIds.second, "")])
    expect(intentsOf(decision)).toEqual(intents)
  })

  it("of an archived thread is refused", () => {
    expect(reasonOf(given(...asleep, archived).when(wake))).toBe("archived-thread")
  })
})
