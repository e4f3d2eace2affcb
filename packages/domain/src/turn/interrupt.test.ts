import type { TurnId } from "@corral/contracts/ids"
import { describe, expect, it } from "vitest"
import {
  asleep,
  busy,
  deleted,
  ended,
  eventsOf,
  given,
  intentsOf,
  messageOf,
  queued,
  reasonOf,
  started,
  threadId,
  turnIds,
  waking,
} from "../../test/story.ts"

const { first, second, third } = turnIds
const interrupt = (turnId: TurnId) => ({ _tag: "turn.interrupt", threadId, turnId }) as const
const interruptAsked = { _tag: "turn.interrupt-asked", threadId, turnId: first } as const
const withdrawn = (turnId: TurnId) => ({ _tag: "turn.withdrawn", threadId, turnId }) as const

describe("interrupting a running turn", () => {
  it("asks the agent, and says so", () => {
    const story = given(...busy)
    const decision = story.when(interrupt(first))
    expect(eventsOf(decision)).toEqual([interruptAsked])
    expect(intentsOf(decision)).toEqual([{ _tag: "turn.interrupt", threadId, turnId: first }])
    expect(story.and(...eventsOf(decision)).it().turn).toMatchObject({ turnId: first, interruptAsked: true })
  })

  it("is asked once", () => {
    const decision = given(...busy, interruptAsked).when(interrupt(first))
    expect(eventsOf(decision)).toEqual([])
    expect(intentsOf(decision)).toEqual([])
  })

  it("waits for an agent that is being started", () => {
    expect(eventsOf(given(...asleep, started(first), waking).when(interrupt(first)))).toEqual([interruptAsked])
  })

  it("ends it at once where no agent is there to be asked, and the queue goes on", () => {
    const story = given(...asleep, started(first), queued(second))
    const decision = story.when(interrupt(first))
    expect(eventsOf(decision)).toEqual([ended(first, "interrupted"), started(second, "")])
    expect(intentsOf(decision)).toEqual([{ _tag: "turn.start", threadId, turnId: second }])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({ turn: { turnId: second }, runtime: { state: "waking" } })
  })

  it("leaves the thread asleep that was to be woken for it", () => {
    const story = given(...asleep, started(first))
    expect(story.and(...eventsOf(story.when(interrupt(first)))).it().runtime).toMatchObject({ state: "asleep", since: 4000 })
  })
})

describe("interrupting a queued turn", () => {
  it("takes it out of the queue, and asks nobody", () => {
    const story = given(...busy, queued(second), queued(third))
    const decision = story.when(interrupt(second))
    expect(eventsOf(decision)).toEqual([withdrawn(second)])
    expect(intentsOf(decision)).toEqual([])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({ queue: [{ turnId: third }], turn: { turnId: first } })
  })

  it("that was the last one leaves nothing to be held", () => {
    const held = given(...busy, queued(second), ended(first, "failed"))
    expect(held.it().queueHeld).toBe(true)
    expect(held.and(withdrawn(second)).it().queueHeld).toBe(false)
  })
})

describe("interrupting", () => {
  it("a turn that has ended is refused: it stays ended", () => {
    const decision = given(...busy, ended(first, "completed")).when(interrupt(first))
    expect(reasonOf(decision)).toBe("unknown-turn")
    expect(messageOf(decision)).toContain("trn_1")
  })

  it("in a deleted thread is refused", () => {
    expect(reasonOf(given(...busy, deleted).when(interrupt(first)))).toBe("unknown-thread")
  })

  it("events about other turns change nothing", () => {
    const before = given(...busy)
    expect(before.and(withdrawn(third)).it()).toEqual(before.it())
    expect(before.and({ ...interruptAsked, turnId: third }).it()).toEqual(before.it())
  })
})
