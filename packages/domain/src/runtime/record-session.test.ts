import { describe, expect, it } from "vitest"
import { eventsOf, given, idle, reasonOf, stopped, stopping, threadId } from "../../test/story.ts"

const record = { _tag: "runtime.record-session", threadId, generation: 1, cursor: "abc" } as const
const named = { _tag: "runtime.session-named", threadId, cursor: "abc" } as const

describe("recording the session's name", () => {
  it("keeps it through sleep", () => {
    expect(eventsOf(given(...idle).when(record))).toEqual([named])
    expect(given(...idle, named, stopped("idle")).it().runtime.cursor).toBe("abc")
  })

  it("twice is once", () => {
    expect(eventsOf(given(...idle, named).when(record))).toEqual([])
  })

  it("of a session that is being stopped still counts", () => {
    expect(eventsOf(given(...idle, stopping("archive")).when(record))).toEqual([named])
  })

  it("by the agent of a provider that was left does not", () => {
    expect(eventsOf(given(...idle, stopping("switch")).when(record))).toEqual([])
    expect(eventsOf(given(...idle, stopping("switch"), stopped("switch")).when(record))).toEqual([])
  })

  it("by an older generation is dropped", () => {
    expect(reasonOf(given(...idle).when({ ...record, generation: 0 }))).toBe("stale-generation")
  })
})
