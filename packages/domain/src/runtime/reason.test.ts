import type { Event } from "@corral/contracts/event"
import { describe, expect, it } from "vitest"
import {
  asked,
  asleep,
  busy,
  closed,
  ended,
  given,
  idle,
  queued,
  started,
  stopped,
  stopping,
  threadId,
  turnIds,
  waking,
} from "../../test/story.ts"
import { reasonAlive } from "./reason.ts"

const halfHour = 30 * 60_000
const reason = (events: readonly Event[], now = 10_000) => reasonAlive(given(...events).it(), now, halfHour)
const background = (...titles: readonly string[]): Event => ({
  _tag: "runtime.background-changed",
  threadId,
  background: titles.map((title) => ({ taskId: title, kind: "shell", title })),
})
const kept = (until: number): Event => ({ _tag: "runtime.kept", threadId, until })

describe("a runtime that sleeps", () => {
  it("needs no reason", () => {
    expect(reason(asleep)).toBeNull()
  })

  it("needs none for a turn that waits for the next wake", () => {
    expect(reason([...idle, started(turnIds.first), stopped("shutdown")])).toBeNull()
  })
})

describe("the one reason why a runtime is alive", () => {
  it("is that it starts", () => {
    expect(reason([...asleep, started(turnIds.first), waking])?.reason).toBe("starting")
  })

  it("is its turn", () => {
    expect(reason(busy)).toEqual({ reason: "turn", endsWhen: "when its turn ends", endsAt: null })
  })

  it("is what it waits for, before the turn that waits", () => {
    expect(reason([...busy, asked()])).toMatchObject({ reason: "waiting", endsWhen: "when its approval is answered" })
    expect(reason([...busy, asked({ kind: "question" })])).toMatchObject({ endsWhen: "when its question is answered" })
    expect(reason([...busy, asked(), closed()])?.reason).toBe("turn")
  })

  it("is its background work, by name", () => {
    expect(reason([...idle, background("npm run dev", "tests")])).toMatchObject({
      reason: "background",
      endsWhen: "when its background work ends: npm run dev, tests",
    })
  })

  it("is that a person keeps it, with the end of that", () => {
    expect(reason([...idle, kept(0)])).toMatchObject({ reason: "kept", endsAt: null })
    expect(reason([...idle, kept(20_000)])).toMatchObject({ reason: "kept", endsAt: 20_000 })
  })

  it("is that it cools, with the time when it sleeps", () => {
    expect(reason(idle)).toEqual({ reason: "cooling", endsWhen: "when it was idle for 30 min", endsAt: 4000 + halfHour })
  })

  it("counts the idle time from the end of the turn, of background work, of being kept", () => {
    expect(reason([...busy, ended(turnIds.first, "completed")])?.endsAt).toBe(7000 + halfHour)
    expect(reason([...idle, background("tests"), background()])?.endsAt).toBe(6000 + halfHour)
    expect(reason([...idle, kept(9000)], 10_000)).toMatchObject({ reason: "cooling", endsAt: 9000 + halfHour })
  })

  it("is not a held queue: that waits for a person, asleep as well as awake", () => {
    expect(reason([...busy, queued(turnIds.second), ended(turnIds.first, "failed")])?.reason).toBe("cooling")
  })

  it("is that it is being stopped, and for what", () => {
    expect(reason([...busy, stopping("archive")])).toMatchObject({
      reason: "stopping",
      endsWhen: "when its last process is seen gone (archive)",
    })
  })

  it("is that it could not be stopped", () => {
    expect(reason([...idle, stopped("stop", { outcome: "stuck", left: 1 })])?.reason).toBe("stuck")
  })
})

describe("an idle time in words", () => {
  it.each([
    [0, "0 s"],
    [45_000, "45 s"],
    [halfHour, "30 min"],
    [4 * 3_600_000, "4 h"],
  ])("of %i ms is %s", (idleMillis, words) => {
    expect(reasonAlive(given(...idle).it(), 10_000, idleMillis)?.endsWhen).toBe(`when it was idle for ${words}`)
  })
})
