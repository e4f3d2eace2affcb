import { describe, expect, it } from "vitest"
import { archived, asked, asleep, busy, eventsOf, given, idle, reasonOf, request, stopped, stopping, threadId } from "../../test/story.ts"

const record = { _tag: "turn.record-request", threadId, generation: 1, request } as const

describe("recording a request", () => {
  it("opens it, and brings the thread to the top of the list", () => {
    const story = given(...busy)
    const events = eventsOf(story.when(record))
    expect(events).toEqual([asked()])
    expect(story.and(...events).it()).toMatchObject({ requests: [request], touchedAt: 7000 })
  })

  it("asked again by the agent is one request", () => {
    expect(eventsOf(given(...busy, asked()).when(record))).toEqual([])
  })

  it("is a fact also of a thread that is being stopped", () => {
    expect(eventsOf(given(...busy, archived, stopping("archive")).when(record))).toHaveLength(1)
  })

  it("is refused where nobody is left to take an answer", () => {
    expect(reasonOf(given(...idle, stopped("exited")).when(record))).toBe("stale-generation")
  })

  it("by an older generation is dropped", () => {
    expect(reasonOf(given(...asleep).when(record))).toBe("stale-generation")
  })
})
