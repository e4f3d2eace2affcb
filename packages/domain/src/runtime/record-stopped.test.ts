import type { Certificate, StopReason } from "@corral/contracts/certificate"
import { describe, expect, it } from "vitest"
import {
  archived,
  asked,
  asleep,
  busy,
  certificate,
  closed,
  deleted,
  ended,
  eventsOf,
  given,
  idle,
  intentsOf,
  queued,
} from "../../test/story.ts"
import { reasonOf, running, started, stopped, stopping, threadId, turnIds, waking } from "../../test/story.ts"

const { first, second } = turnIds
const record = (reason: StopReason, more: Partial<Certificate> = {}) =>
  ({ _tag: "runtime.record-stopped", threadId, generation: 1, certificate: certificate(reason, more) }) as const
const unsent = [...asleep, started(first), waking, running]
const stuck = { outcome: "stuck", left: 2 } as const

describe("recording a certificate", () => {
  it("puts the thread to sleep and keeps the stop in short", () => {
    const story = given(...idle, stopping("idle"))
    const decision = story.when(record("idle"))
    expect(eventsOf(decision)).toEqual([stopped("idle")])
    expect(intentsOf(decision)).toEqual([])
    expect(story.and(...eventsOf(decision)).it().runtime).toMatchObject({
      state: "asleep",
      treeId: null,
      tier: null,
      stopping: null,
      keptUntil: null,
      background: [],
      since: 6000,
      lastStop: { certificateId: "crt_1", reason: "idle", at: 6000, freedBytes: 300, left: 0, outcome: "gone" },
    })
  })

  it("that could not see everybody says so wherever the stop is told", () => {
    const unseen = "/proc hides somebody"
    const story = given(...idle, stopping("stop"))
    const events = eventsOf(story.when(record("stop", { unseen })))
    expect(events).toEqual([stopped("stop", { unseen })])
    expect(story.and(...events).it().runtime).toMatchObject({ state: "asleep", lastStop: { outcome: "gone", unseen } })
  })

  it("of survivors says stuck, and keeps the tree", () => {
    const story = given(...idle, stopping("stop"))
    expect(story.and(...eventsOf(story.when(record("stop", stuck)))).it().runtime).toMatchObject({
      state: "stuck",
      treeId: "tre_1",
      lastStop: { left: 2, outcome: "stuck" },
    })
  })

  it("of survivors nobody knew of says stuck too, and can be tried again", () => {
    const story = given(...asleep, { ...stopped("stop", stuck), generation: 0 })
    expect(story.it().runtime).toMatchObject({ state: "stuck", treeId: null })
    expect(eventsOf(story.when({ _tag: "runtime.stop", threadId }))).toEqual([stopping("stop")])
  })

  it("of survivors and then of none says asleep", () => {
    const story = given(...idle, stopped("stop", stuck), stopped("stop", { certificateId: "crt_2" }))
    expect(story.it().runtime).toMatchObject({ state: "asleep", treeId: null, lastStop: { certificateId: "crt_2" } })
  })

  it("twice is once", () => {
    expect(eventsOf(given(...idle, stopped("exited")).when(record("exited")))).toEqual([])
  })

  it("closes what can no longer be answered", () => {
    expect(eventsOf(given(...idle, asked({ turnId: null })).when(record("stop")))).toEqual([closed(), stopped("stop")])
  })

  it("is true of archived and deleted threads too", () => {
    expect(reasonOf(given(...idle, archived, stopping("archive")).when(record("archive")))).toBeNull()
    expect(reasonOf(given(...idle, deleted, stopping("delete")).when(record("delete")))).toBeNull()
  })

  it("of an older generation says nothing of the present one", () => {
    const decision = given(...idle, stopped("stop"), { ...waking, generation: 2 }).when(record("stop", { certificateId: "crt_9" }))
    expect(reasonOf(decision)).toBe("stale-generation")
  })
})

describe("a turn whose process was stopped", () => {
  it.each(["stop", "archive", "delete", "switch", "replace", "shutdown", "idle"] as const)("by %s was interrupted", (reason) => {
    expect(eventsOf(given(...busy).when(record(reason)))).toEqual([ended(first, "interrupted"), stopped(reason)])
  })

  it.each([
    ["server-lost", "server was lost"],
    ["supervisor-lost", "supervisor was lost"],
    ["memory", "memory ran short"],
    ["budget", "budget was used up"],
    ["boot-sweep", "sweep"],
    ["stray", "outlived"],
  ] as const)("by %s failed, with the cause", (reason, cause) => {
    expect(eventsOf(given(...busy).when(record(reason)))[0]).toMatchObject({ outcome: "failed", error: expect.stringContaining(cause) })
  })

  it.each([
    [{ code: 3, signal: null }, "with exit code 3."],
    [{ code: null, signal: "SIGSEGV" }, "was ended by SIGSEGV"],
    [null, "left in the middle of the turn."],
  ])("because the agent left (%j) failed, and says how", (exit, words) => {
    const decision = given(...busy).when(record("exited", { exit }))
    expect(eventsOf(decision)[0]).toMatchObject({ turnId: first, outcome: "failed", error: expect.stringContaining(words) })
  })

  it("after it was asked to end was interrupted, however it ended", () => {
    const story = given(...busy, { _tag: "turn.interrupt-asked", threadId, turnId: first })
    expect(eventsOf(story.when(record("exited")))).toEqual([ended(first, "interrupted"), stopped("exited")])
  })

  it("with survivors says how many", () => {
    expect(eventsOf(given(...busy).when(record("memory", stuck)))[0]).toMatchObject({
      error: expect.stringContaining("2 of its processes"),
    })
  })

  it.each(["stop", "exited"] as const)("holds the queue behind it (%s): nothing wakes by itself", (reason) => {
    const story = given(...busy, queued(second))
    const decision = story.when(record(reason))
    expect(intentsOf(decision)).toEqual([])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({ queueHeld: true, turn: null, runtime: { state: "asleep" } })
  })
})

describe("a turn that no agent had taken", () => {
  it.each(["shutdown", "server-lost", "supervisor-lost", "boot-sweep", "replace"] as const)(
    "stays after %s, and is given again",
    (reason) => {
      const story = given(...unsent)
      const decision = story.when(record(reason))
      expect(eventsOf(decision)).toEqual([stopped(reason)])
      expect(intentsOf(decision)).toEqual([{ _tag: "turn.start", threadId, turnId: first }])
      expect(story.and(...eventsOf(decision)).it()).toMatchObject({ turn: { turnId: first, sent: false }, runtime: { state: "asleep" } })
    },
  )

  it("stays after an exit; the hand that was giving it knows, so nobody asks twice", () => {
    const decision = given(...unsent).when(record("exited"))
    expect(eventsOf(decision)).toEqual([stopped("exited")])
    expect(intentsOf(decision)).toEqual([])
  })

  it("and was started after the stop was asked for stays", () => {
    const story = given(...idle, stopping("stop"), started(first))
    expect(intentsOf(story.when(record("stop")))).toEqual([{ _tag: "turn.start", threadId, turnId: first }])
  })

  it("and was meant by the stop was interrupted", () => {
    expect(eventsOf(given(...unsent, stopping("stop")).when(record("stop")))).toEqual([ended(first, "interrupted"), stopped("stop")])
  })

  it("of an archived thread was interrupted", () => {
    expect(eventsOf(given(...unsent, archived).when(record("server-lost")))[0]).toMatchObject({ _tag: "turn.completed", turnId: first })
  })

  it("is not given again beside survivors: it fails, and no loop begins", () => {
    const decision = given(...unsent).when(record("server-lost", stuck))
    expect(eventsOf(decision)[0]).toMatchObject({ outcome: "failed", error: expect.stringContaining("could not be stopped") })
    expect(intentsOf(decision)).toEqual([])
  })

  it("fails when the try before it found the same survivors as before", () => {
    const story = given(...idle, stopped("stop", stuck), stopping("replace"), started(first))
    const events = eventsOf(story.when(record("stop", stuck)))
    expect(events[0]).toMatchObject({ _tag: "turn.completed", turnId: first })
    const after = story.and(...events)
    expect(after.it().runtime.state).toBe("stuck")
    expect(eventsOf(after.when(record("stop", stuck)))).toEqual([])
  })
})

describe("a stop that no person asked for", () => {
  const killed = (pid: number, command: string) => ({ pid, command, startedAt: 1, signal: "TERM", evidence: "token" }) as const
  const many = Array.from({ length: 7 }, (_, n) => killed(n + 10, `server ${n} ${"x".repeat(400)}`))
  const endedOf = (reason: StopReason, more: Partial<Certificate>) => {
    const event = eventsOf(given(...idle, stopping(reason)).when(record(reason, more))).at(-1)
    return event?._tag === "runtime.stopped" ? event.ended : null
  }

  it("tells what else than the agent had to be signalled, once each", () => {
    const certificate = { rootPid: 7, killed: [killed(7, "claude"), killed(8, "vite"), killed(9, "vite")] }
    expect(endedOf("idle", certificate)).toEqual(["vite"])
    expect(endedOf("idle", { rootPid: 7, killed: [killed(7, "claude")] })).toBeUndefined()
  })

  it("tells five of them at most, cut: events are for ever", () => {
    const ended = endedOf("memory", { killed: many })
    expect(ended).toHaveLength(5)
    expect(Math.max(...(ended ?? []).map(({ length }) => length))).toBe(160)
  })

  it("says nothing of it where a person asked", () => {
    expect(endedOf("archive", { killed: many })).toBeUndefined()
  })
})
