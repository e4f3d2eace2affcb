import { RequestId, type TurnId } from "@corral/contracts/ids"
import type { TurnOutcome, Usage } from "@corral/contracts/turn"
import { evolveThread } from "@corral/domain/evolve"
import { describe, expect, it } from "vitest"
import { archived, asked, asleep, busy, closed, ended, eventsOf, given, intentsOf, queued, reasonOf, requestId } from "../../test/story.ts"
import { sent, started, stopping, threadId, turnIds } from "../../test/story.ts"

const { first, second, third } = turnIds
const usage: Usage = { inputTokens: 10, outputTokens: 20, contextTokens: 30, contextWindow: 200, costUsd: 0.5 }
const complete = (outcome: TurnOutcome = "completed", turnId: TurnId | null = first) =>
  ({ _tag: "turn.complete", threadId, turnId, generation: 1, outcome, error: outcome === "failed" ? "No credit." : null, usage }) as const
const completed = (outcome: TurnOutcome = "completed", turnId: TurnId | null = first) => {
  const { generation: _, ...event } = complete(outcome, turnId)
  return { ...event, _tag: "turn.completed" } as const
}

describe("completing a turn", () => {
  it("makes the runtime idle and keeps outcome and usage", () => {
    const story = given(...busy)
    const decision = story.when(complete())
    expect(eventsOf(decision)).toEqual([completed()])
    expect(intentsOf(decision)).toEqual([])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({
      turn: null,
      lastOutcome: "completed",
      lastError: null,
      usage,
      touchedAt: 7000,
      runtime: { state: "idle", since: 7000 },
    })
  })

  it.each(["completed", "interrupted"] as const)("as %s starts the next in the queue", (outcome) => {
    const story = given(...busy, queued(second), queued(third))
    const decision = story.when(complete(outcome))
    expect(eventsOf(decision)).toEqual([completed(outcome), started(second, "")])
    expect(intentsOf(decision)).toEqual([{ _tag: "turn.start", threadId, turnId: second }])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({
      turn: { turnId: second, text: "And then?", sent: false },
      queue: [{ turnId: third }],
      queueHeld: false,
      runtime: { state: "busy" },
    })
  })

  it("as failed holds the queue and tells the error", () => {
    const story = given(...busy, queued(second))
    const decision = story.when(complete("failed"))
    expect(eventsOf(decision)).toEqual([completed("failed")])
    expect(intentsOf(decision)).toEqual([])
    expect(story.and(...eventsOf(decision)).it()).toMatchObject({ queueHeld: true, lastError: "No credit.", lastOutcome: "failed" })
  })

  it("as failed with nothing queued holds nothing", () => {
    expect(given(...busy, ended(first, "failed")).it().queueHeld).toBe(false)
  })

  it.each([
    ["archived", archived],
    ["being stopped", stopping("stop")],
  ])("of a thread that is %s does not start the next", (_, event) => {
    const decision = given(...busy, queued(second), event).when(complete("interrupted"))
    expect(eventsOf(decision)).toEqual([completed("interrupted")])
    expect(intentsOf(decision)).toEqual([])
  })

  const interrupted = { outcome: "interrupted", error: null }
  const failedOf = (cause: RegExp) => ({ outcome: "failed", error: expect.stringMatching(cause) })
  it.each([
    ["archive", "failed", interrupted],
    ["stop", "failed", interrupted],
    ["archive", "interrupted", interrupted],
    ["archive", "completed", { outcome: "completed", error: null }],
    ["memory", "failed", failedOf(/because memory ran short/)],
    ["memory-limit", "interrupted", failedOf(/held more memory than a session may/)],
  ] as const)("while it is stopped for %s, and told as %s by its agent, is %j", (reason, told, end) => {
    expect(eventsOf(given(...busy, stopping(reason)).when(complete(told)))[0]).toMatchObject(end)
  })

  it("closes the requests of that turn, and leaves those of others", () => {
    const background = RequestId.make("req_2")
    const story = given(...busy, asked(), asked({ requestId: background, turnId: null }))
    const decision = story.when(complete())
    expect(eventsOf(decision)).toEqual([closed(requestId), completed()])
    expect(
      story
        .and(...eventsOf(decision))
        .it()
        .requests.map((one) => one.requestId),
    ).toEqual([background])
  })

  it("before the agent was told of it is possible", () => {
    const story = given(...asleep, started(first), { _tag: "turn.sent", threadId, turnId: first })
    expect(reasonOf(story.when({ ...complete("failed"), generation: 0 }))).toBeNull()
  })

  it("twice is refused", () => {
    expect(reasonOf(given(...busy, ended(first, "completed")).when(complete()))).toBe("turn-not-running")
  })

  it("by an older generation is dropped", () => {
    expect(reasonOf(given(...busy).when({ ...complete(), generation: 0 }))).toBe("stale-generation")
  })
})

describe("a turn that the agent began by itself", () => {
  it("ends with its usage, and touches no turn of ours", () => {
    const story = given(...busy)
    const decision = story.when(complete("failed", null))
    expect(eventsOf(decision)).toEqual([completed("failed", null)])
    expect(story.and(...eventsOf(decision)).it()).toEqual({ ...story.it(), usage })
  })
})

describe("the end of a turn", () => {
  it("that does not run changes nothing", () => {
    const thread = given(...busy).it()
    expect(evolveThread(thread, ended(second, "failed"), 9)).toBe(thread)
  })

  it("keeps the usage that was known where none is told", () => {
    expect(given(...busy, completed(), started(second), sent(second), ended(second, "interrupted")).it().usage).toEqual(usage)
  })
})
