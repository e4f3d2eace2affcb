import { describe, expect, it } from "vitest"
import { asked, busy, closed, eventsOf, given, intentsOf, reasonOf, requestId, threadId } from "../../test/story.ts"

const record = { _tag: "turn.record-withdrawn", threadId, generation: 1, requestId } as const

describe("recording that a request was withdrawn", () => {
  it("closes it without an answer, and tells the agent nothing", () => {
    const decision = given(...busy, asked()).when(record)
    expect(eventsOf(decision)).toEqual([closed()])
    expect(intentsOf(decision)).toEqual([])
  })

  it("that a person has answered meanwhile changes nothing", () => {
    expect(eventsOf(given(...busy, asked(), closed()).when(record))).toEqual([])
  })

  it("by an older generation is dropped", () => {
    expect(reasonOf(given(...busy, asked()).when({ ...record, generation: 0 }))).toBe("stale-generation")
  })
})
