import { describe, expect, it } from "vitest"
import {
  asleep,
  busy,
  certificate,
  ended,
  eventsOf,
  given,
  idle,
  intentsOf,
  queued,
  reasonOf,
  stopping,
  threadId,
  turnIds,
} from "../../test/story.ts"

const limit = { _tag: "runtime.limit", threadId, generation: 1 } as const

describe("a session that holds more memory than one may", () => {
  it.each([
    ["idle", idle],
    ["in the middle of a turn", busy],
  ])("is stopped, also %s", (_, events) => {
    const decision = given(...events).when(limit)
    expect(eventsOf(decision)).toEqual([stopping("memory-limit")])
    expect(intentsOf(decision)).toEqual([{ _tag: "runtime.stop", threadId, reason: "memory-limit" }])
  })

  it("is not stopped for another reason while a stop is under way, nor where nothing runs", () => {
    expect(eventsOf(given(...idle, stopping("archive")).when(limit))).toEqual([])
    expect(eventsOf(given(...asleep).when({ ...limit, generation: 0 }))).toEqual([])
  })

  it("that was of an older generation is dropped", () => {
    expect(reasonOf(given(...idle).when({ ...limit, generation: 0 }))).toBe("stale-generation")
  })

  it("fails its turn with the reason, also where the agent is the first to say that it ended", () => {
    const story = given(...busy, stopping("memory-limit"))
    const said = {
      _tag: "turn.complete",
      threadId,
      generation: 1,
      turnId: turnIds.first,
      outcome: "failed",
      error: "Exit code 143.",
      usage: null,
    } as const
    expect(eventsOf(story.when(said))[0]).toMatchObject({ outcome: "failed", error: expect.stringContaining("held more memory") })
    expect(eventsOf(story.when({ ...said, outcome: "completed", error: null }))[0]).toMatchObject({ outcome: "completed", error: null })
  })

  it("loses its turn, which failed, and its queue is held: the next message would only fill the memory again", () => {
    const story = given(...busy, queued(turnIds.second), stopping("memory-limit"))
    const proof = { _tag: "runtime.record-stopped", threadId, generation: 1, certificate: certificate("memory-limit") } as const
    const decision = story.when(proof)
    const error = "The agent was stopped in the middle of the turn because its session held more memory than a session may."
    expect(eventsOf(decision)[0]).toEqual(ended(turnIds.first, "failed", error))
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({ queueHeld: true, runtime: { state: "asleep" } })
    expect(intentsOf(decision)).toEqual([])
  })
})
