import { maxQueuedTurns, maxTurnChars } from "@corral/contracts/limits"
import { TurnId } from "@corral/contracts/ids"
import { describe, expect, it } from "vitest"
import {
  added,
  archived,
  asleep,
  busy,
  created,
  deleted,
  ended,
  eventsOf,
  given,
  idle,
  intentsOf,
  messageOf,
  queued,
} from "../../test/story.ts"
import { reasonOf, started, stopped, stopping, threadId, turnIds } from "../../test/story.ts"

const { first, second, third } = turnIds
const start = (turnId: TurnId, text = "Hello", whenBusy: "queue" | "refuse" = "queue") =>
  ({ _tag: "turn.start", threadId, turnId, text, whenBusy }) as const
const intent = (turnId: TurnId) => ({ _tag: "turn.start", threadId, turnId })
const held = [...busy, queued(second), ended(first, "failed", "No credit.")]

describe("starting a turn", () => {
  it("of a sleeping thread wakes it", () => {
    const story = given(...asleep)
    const decision = story.when(start(first))
    expect(eventsOf(decision)).toEqual([started(first)])
    expect(intentsOf(decision)).toEqual([intent(first)])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({
      turn: { turnId: first, text: "Hello", startedAt: 3000, sent: false, interruptAsked: false },
      runtime: { state: "waking", since: 3000, treeId: null },
      touchedAt: 3000,
      turns: 1,
    })
  })

  it("makes an idle runtime busy", () => {
    expect(given(...idle, started(first)).it().runtime).toMatchObject({ state: "busy", since: 5000 })
  })

  it("leaves a runtime that is being stopped as it is; the turn waits for the next one", () => {
    const story = given(...idle, stopping("idle"), started(first))
    expect(story.it().runtime).toMatchObject({ state: "stopping", since: 5000 })
  })

  it("clears the error of the turn before it", () => {
    expect(given(...busy, ended(first, "failed", "No credit."), started(second)).it().lastError).toBeNull()
  })

  it("is refused without a text", () => {
    expect(reasonOf(given(...asleep).when(start(first, " \n ")))).toBe("empty-text")
  })

  it("is refused with a text over the limit, and taken at it", () => {
    expect(reasonOf(given(...asleep).when(start(first, "x".repeat(maxTurnChars + 1))))).toBe("text-too-long")
    expect(reasonOf(given(...asleep).when(start(first, "x".repeat(maxTurnChars))))).toBeNull()
  })

  it("is refused in the archive, after deletion and for a thread that never was", () => {
    expect(reasonOf(given(...asleep, archived).when(start(first)))).toBe("archived-thread")
    expect(reasonOf(given(...asleep, deleted).when(start(first)))).toBe("unknown-thread")
    expect(reasonOf(given(added).when(start(first)))).toBe("unknown-thread")
  })

  it("is refused under the id of the running or of a queued turn", () => {
    const story = given(...busy, queued(second))
    expect(reasonOf(story.when(start(first)))).toBe("duplicate-id")
    expect(reasonOf(story.when(start(second)))).toBe("duplicate-id")
  })

  it("of a stuck thread tries the stop again first: no second agent beside survivors", () => {
    const decision = given(...idle, stopped("stop", { outcome: "stuck", left: 2 })).when(start(first))
    expect(eventsOf(decision)).toEqual([stopping("replace"), started(first)])
    expect(intentsOf(decision)).toEqual([{ _tag: "runtime.stop", threadId, reason: "replace" }, intent(first)])
  })
})

describe("starting a turn while another one runs", () => {
  it("queues it", () => {
    const story = given(...busy)
    const decision = story.when(start(second, "And then?"))
    expect(eventsOf(decision)).toEqual([queued(second)])
    expect(intentsOf(decision)).toEqual([])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({
      queue: [{ turnId: second, text: "And then?", at: 7000 }],
      queueHeld: false,
      turn: { turnId: first },
    })
  })

  it("refuses it where that was asked for", () => {
    const decision = given(...busy).when(start(second, "Hello", "refuse"))
    expect(reasonOf(decision)).toBe("turn-already-running")
    expect(messageOf(decision)).toContain("“Fix it”")
  })

  it("refuses it when the queue is full", () => {
    const full = Array.from({ length: maxQueuedTurns }, (_, i) => queued(TurnId.make(`q${i}`)))
    expect(reasonOf(given(...busy, ...full).when(start(second)))).toBe("queue-full")
    expect(reasonOf(given(...busy, ...full.slice(1)).when(start(second)))).toBeNull()
    expect(reasonOf(given(...busy, ...full, ended(first, "failed")).when(start(second)))).toBe("queue-full")
  })
})

describe("starting a turn of a thread whose queue is held", () => {
  it("goes to the end of the queue, and the head starts", () => {
    const story = given(...held)
    expect(story.it().queueHeld).toBe(true)
    const decision = story.when(start(third, "Try again"))
    expect(eventsOf(decision)).toEqual([queued(third, "Try again"), started(second, "")])
    expect(intentsOf(decision)).toEqual([intent(second)])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({
      turn: { turnId: second, text: "And then?" },
      queue: [{ turnId: third }],
      queueHeld: false,
    })
  })
})

describe("the first turn", () => {
  const untitled = [added, { ...created, title: "New thread" }]

  it("gives a thread without a title its title", () => {
    expect(eventsOf(given(...untitled).when(start(first, "Fix the login\nplease")))).toEqual([
      { _tag: "thread.renamed", threadId, title: "Fix the login" },
      started(first, "Fix the login\nplease"),
    ])
  })

  it("leaves a title that a person gave", () => {
    expect(eventsOf(given(...asleep).when(start(first, "Fix the login")))).toEqual([started(first, "Fix the login")])
  })

  it("is the only one that does", () => {
    const story = given(...untitled, started(first, "…"), ended(first, "completed"))
    expect(eventsOf(story.when(start(second, "Fix the login")))).toEqual([started(second, "Fix the login")])
  })

  it("that would be called as if it had no title does not rename", () => {
    expect(eventsOf(given(...untitled).when(start(first, "New thread")))).toEqual([started(first, "New thread")])
  })
})
