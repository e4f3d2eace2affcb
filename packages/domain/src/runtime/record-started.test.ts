import { describe, expect, it } from "vitest"
import {
  archived,
  asleep,
  eventsOf,
  given,
  idle,
  reasonOf,
  running,
  started,
  stopping,
  threadId,
  treeId,
  turnIds,
  waking,
} from "../../test/story.ts"

const record = { _tag: "runtime.record-started", threadId, generation: 1, treeId, tier: "linux-token", pid: 7 } as const

describe("recording that an agent runs", () => {
  it("makes the runtime idle where no turn waits for it", () => {
    const story = given(...asleep, waking)
    expect(eventsOf(story.when(record))).toEqual([running])
    expect(story.and(running).it().runtime).toMatchObject({ state: "idle", tier: "linux-token", treeId, since: 4000 })
  })

  it("makes it busy where one does", () => {
    expect(given(...asleep, started(turnIds.first), waking, running).it().runtime.state).toBe("busy")
  })

  it("leaves a thread that was archived meanwhile stopping", () => {
    const story = given(...asleep, waking, archived, stopping("archive"))
    expect(eventsOf(story.when(record))).toEqual([running])
    expect(story.and(running).it().runtime).toMatchObject({ state: "stopping", tier: "linux-token" })
  })

  it("twice changes nothing the second time", () => {
    expect(given(...idle, running).it()).toEqual(given(...idle).it())
  })

  it("whose tree is given up already is not believed", () => {
    const failed = { _tag: "runtime.failed", threadId, generation: 1, error: "Too slow." } as const
    expect(reasonOf(given(...asleep, waking, failed, started(turnIds.first)).when(record))).toBe("stale-generation")
  })

  it("by another generation is dropped", () => {
    expect(reasonOf(given(...asleep, waking).when({ ...record, generation: 2 }))).toBe("stale-generation")
  })
})
