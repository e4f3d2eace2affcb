import { describe, expect, it } from "vitest"
import {
  archived,
  asked,
  asleep,
  busy,
  closed,
  ended,
  eventsOf,
  given,
  idle,
  intentsOf,
  queued,
  reasonOf,
  started,
  stopped,
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

  it("of which something had run is told also where a stop came first: nobody saw that end", () => {
    const story = given(...busy, stopping("stop"))
    const decision = story.when(record)
    expect(eventsOf(decision)).toEqual([failed, ended(turnIds.first, "interrupted", error)])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({
      lastError: error,
      lastOutcome: "interrupted",
      runtime: { state: "asleep", treeId: null, tier: null },
    })
    expect(given(...idle, stopping("stop"), failed).it().lastError).toBe(error)
  })

  it("of which survivors were seen is told as well, whether their tree was known or not", () => {
    const survivors = stopped("stop", { outcome: "stuck", left: 1 })
    expect(given(...idle, survivors, failed).it().lastError).toBe(error)
    expect(given(...asleep, { ...survivors, generation: 0 }, stopping("stop"), { ...failed, generation: 0 }).it().lastError).toBe(error)
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
