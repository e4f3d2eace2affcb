import { describe, expect, it } from "vitest"
import {
  archived,
  asleep,
  busy,
  deleted,
  ended,
  eventsOf,
  given,
  intentsOf,
  reasonOf,
  started,
  stopping,
  threadId,
  turnIds,
} from "../../test/story.ts"

const remove = { _tag: "thread.delete", threadId } as const
const intents = [
  { _tag: "runtime.stop", threadId, reason: "delete" },
  { _tag: "thread.delete", threadId },
]

describe("deleting a thread", () => {
  it("stops what runs for it before its transcript is dropped", () => {
    const decision = given(...busy).when(remove)
    expect(eventsOf(decision)).toEqual([deleted, stopping("delete")])
    expect(intentsOf(decision)).toEqual(intents)
  })

  it("asks for that stop also where nothing seems to run", () => {
    const decision = given(...asleep).when(remove)
    expect(eventsOf(decision)).toEqual([deleted])
    expect(intentsOf(decision)).toEqual(intents)
  })

  it("ends a turn at once that no agent was started for", () => {
    expect(eventsOf(given(...asleep, started(turnIds.first)).when(remove))).toEqual([deleted, ended(turnIds.first, "interrupted")])
  })

  it("is possible in the archive", () => {
    expect(intentsOf(given(...asleep, archived).when(remove))).toEqual(intents)
  })

  it("is refused the second time", () => {
    expect(reasonOf(given(...asleep, deleted).when(remove))).toBe("unknown-thread")
  })

  it("leaves a thread that says so, until the engine drops it", () => {
    expect(given(...asleep, deleted).it()).toMatchObject({ status: "deleted", title: "Fix it" })
  })
})
