import { describe, expect, it } from "vitest"
import { asleep, busy, ended, eventsOf, given, reasonOf, running, sent, started, threadId, turnIds, waking } from "../../test/story.ts"

const { first, second } = turnIds
const record = { _tag: "turn.record-sent", threadId, turnId: first, generation: 1 } as const
const unsent = [...asleep, started(first), waking, running]

describe("recording that a turn was sent", () => {
  it("marks it", () => {
    const story = given(...unsent)
    expect(eventsOf(story.when(record))).toEqual([sent(first)])
    expect(story.and(sent(first)).it().turn).toMatchObject({ turnId: first, sent: true })
  })

  it("twice is once", () => {
    expect(eventsOf(given(...busy).when(record))).toEqual([])
  })

  it("of a turn that has ended is refused", () => {
    expect(reasonOf(given(...busy, ended(first, "completed")).when(record))).toBe("turn-not-running")
  })

  it("by an older generation is dropped", () => {
    expect(reasonOf(given(...unsent).when({ ...record, generation: 0 }))).toBe("stale-generation")
  })

  it("of another turn changes nothing", () => {
    const before = given(...unsent)
    expect(before.and(sent(second)).it()).toEqual(before.it())
  })
})
