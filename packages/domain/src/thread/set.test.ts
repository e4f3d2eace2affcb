import type { SetThread } from "@corral/contracts/thread"
import { describe, expect, it } from "vitest"
import { archived, asleep, busy, claude, config, eventsOf, given, idle, intentsOf, messageOf, practice } from "../../test/story.ts"
import { reasonOf, started, stopped, stopping, threadId, turnIds } from "../../test/story.ts"

const set = (asked: Omit<SetThread, "_tag" | "threadId">) => ({ _tag: "thread.set", threadId, ...asked }) as const
const wasSet = (asked: Partial<typeof config>) => ({ _tag: "thread.was-set", threadId, config: { ...config, ...asked } }) as const
const toPractice = set({ provider: practice.provider })
const asPractice = wasSet({ provider: practice.provider, model: null, effort: null })
const named = { _tag: "runtime.session-named", threadId, cursor: "abc" } as const

describe("setting a thread that sleeps", () => {
  it("touches no process: the next wake uses it", () => {
    const decision = given(...asleep).when(set({ effort: "high" }))
    expect(eventsOf(decision)).toEqual([wasSet({ effort: "high" })])
    expect(intentsOf(decision)).toEqual([])
    expect(given(...asleep, ...eventsOf(decision)).it().config).toEqual({ ...config, effort: "high" })
  })

  it("to what it is changes nothing, also where its provider cannot be used now", () => {
    const broken = { ...claude, problem: { message: "Gone.", next: "Bring it back." } }
    expect(eventsOf(given(...asleep).when(set({ model: "opus", mode: "ask" }), { providers: [broken] }))).toEqual([])
  })

  it("takes null for the provider's default, and absent for as it was", () => {
    expect(eventsOf(given(...asleep).when(set({ model: null })))).toEqual([wasSet({ model: null })])
  })

  it("lets go of an effort that the new model does not have and nobody asked for", () => {
    expect(eventsOf(given(...asleep).when(set({ model: "haiku" })))).toEqual([wasSet({ model: "haiku", effort: null })])
  })

  it("is refused with an effort that was asked for and cannot be had", () => {
    expect(reasonOf(given(...asleep).when(set({ model: "haiku", effort: "low" })))).toBe("unknown-effort")
  })

  it("to another provider starts from its defaults and drops the cursor", () => {
    const story = given(...asleep, named)
    const events = eventsOf(story.when(toPractice))
    expect(events).toEqual([asPractice])
    expect(story.and(...events).it().runtime.cursor).toBeNull()
  })

  it("within its provider keeps the cursor", () => {
    expect(given(...asleep, named, wasSet({ model: "haiku" })).it().runtime.cursor).toBe("abc")
  })

  it("while its turn waits to be given to an agent is for the wake that comes", () => {
    const decision = given(...asleep, started(turnIds.first)).when(toPractice)
    expect(eventsOf(decision)).toEqual([asPractice])
    expect(intentsOf(decision)).toEqual([])
  })

  it("is refused in the archive", () => {
    expect(reasonOf(given(...asleep, archived).when(set({ effort: "high" })))).toBe("archived-thread")
  })
})

describe("setting a thread that is awake", () => {
  it("tunes the live process where the provider can, in the middle of a turn too", () => {
    const decision = given(...busy).when(set({ model: null, effort: "high" }))
    expect(eventsOf(decision)).toEqual([wasSet({ model: null, effort: "high" })])
    expect(intentsOf(decision)).toEqual([{ _tag: "runtime.tune", threadId }])
  })

  it("stops a process that cannot be tuned", () => {
    const decision = given(...idle).when(set({ mode: "full" }))
    expect(eventsOf(decision)).toEqual([wasSet({ mode: "full" }), stopping("replace")])
    expect(intentsOf(decision)).toEqual([{ _tag: "runtime.stop", threadId, reason: "replace" }])
  })

  it("stops it once for several changes of which one cannot be tuned", () => {
    const decision = given(...idle).when(set({ mode: "full", effort: "high" }))
    expect(intentsOf(decision)).toEqual([{ _tag: "runtime.stop", threadId, reason: "replace" }])
  })

  it("is refused where a turn would be lost by it, and says that nothing changed", () => {
    const decision = given(...busy).when(set({ mode: "full" }))
    expect(reasonOf(decision)).toBe("turn-already-running")
    expect(messageOf(decision)).toContain("stays as it is")
    expect(reasonOf(given(...busy).when(toPractice))).toBe("turn-already-running")
  })

  it("to another provider stops the old agent and drops its cursor", () => {
    const story = given(...idle, named)
    const decision = story.when(toPractice)
    expect(eventsOf(decision)).toEqual([asPractice, stopping("switch")])
    expect(intentsOf(decision)).toEqual([{ _tag: "runtime.stop", threadId, reason: "switch" }])
    expect(story.and(...eventsOf(decision)).it().runtime).toMatchObject({ cursor: null, state: "stopping", stopping: "switch" })
  })

  it("while it is being stopped is for the next wake", () => {
    const decision = given(...idle, stopping("idle")).when(set({ mode: "full" }))
    expect(eventsOf(decision)).toEqual([wasSet({ mode: "full" })])
    expect(intentsOf(decision)).toEqual([])
  })

  it("to another provider while it is being stopped makes that the reason, so that a late cursor is void", () => {
    const story = given(...idle, stopping("idle"), started(turnIds.first))
    const decision = story.when(toPractice)
    expect(eventsOf(decision)).toEqual([asPractice, stopping("switch")])
    const archivedToo = story.and(...eventsOf(decision), archived, stopping("archive"))
    expect(archivedToo.it().runtime.stopping).toBe("switch")
  })

  it("that is stuck is for the next wake", () => {
    const story = given(...idle, stopped("stop", { outcome: "stuck", left: 1 }))
    expect(intentsOf(story.when(set({ mode: "full" })))).toEqual([])
  })
})
