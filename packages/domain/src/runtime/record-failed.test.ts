import { describe, expect, it } from "vitest"
import {
  archived,
  asked,
  asleep,
  closed,
  ended,
  eventsOf,
  given,
  intentsOf,
  queued,
  reasonOf,
  started,
  stopping,
  threadId,
  turnIds,
  waking,
} from "../../test/story.ts"

const error = "Claude Code is not installed."
const record = { _tag: "runtime.record-failed", threadId, generation: 1, error } as const
const failed = { _tag: "runtime.failed", threadId, generation: 1, error } as const
const launching = [...asleep, started(turnIds.first), waking]

describe("recording that a runtime could not be started", () => {
  it("fails the turn that asked for it, with the error", () => {
    const story = given(...launching)
    const decision = story.when(record)
    expect(eventsOf(decision)).toEqual([failed, ended(turnIds.first, "failed", error)])
    expect(intentsOf(decision)).toEqual([])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({
      turn: null,
      lastOutcome: "failed",
      lastError: error,
      runtime: { state: "asleep", treeId: null, generation: 1 },
    })
  })

  it("holds the queue: what would fail next is for a person to see", () => {
    const story = given(...launching, queued(turnIds.second))
    expect(story.and(...eventsOf(story.when(record))).it()).toMatchObject({ queueHeld: true, queue: [{ turnId: turnIds.second }] })
  })

  it("without a turn is told by the thread", () => {
    const story = given(...asleep, waking)
    expect(eventsOf(story.when(record))).toEqual([failed])
    expect(story.and(failed).it()).toMatchObject({ lastError: error, lastOutcome: null, runtime: { state: "asleep" } })
  })

  it("after a stop was asked for is what was wanted: no error", () => {
    const story = given(...launching, archived, stopping("archive"))
    const decision = story.when(record)
    expect(eventsOf(decision)).toEqual([failed, ended(turnIds.first, "interrupted")])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({
      lastError: null,
      lastOutcome: "interrupted",
      runtime: { state: "asleep" },
    })
    expect(given(...asleep, waking, stopping("stop"), failed).it().lastError).toBeNull()
  })

  it("closes what was asked meanwhile", () => {
    expect(eventsOf(given(...asleep, waking, asked()).when(record))).toEqual([failed, closed()])
  })

  it("before the launch was on record is possible", () => {
    expect(reasonOf(given(...asleep, started(turnIds.first)).when({ ...record, generation: 0 }))).toBeNull()
  })

  it("by an older generation is dropped", () => {
    expect(reasonOf(given(...launching).when({ ...record, generation: 0 }))).toBe("stale-generation")
  })
})
