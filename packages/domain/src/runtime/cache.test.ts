import type { Event } from "@corral/contracts/event"
import type { Usage } from "@corral/contracts/turn"
import { describe, expect, it } from "vitest"
import { busy, ended, given, messageOf, reasonOf, threadId, turnIds } from "../../test/story.ts"
import { tokensLost } from "./cache.ts"
import { reasonAlive } from "./reason.ts"

const minute = 60_000
const hour = 60 * minute

const endedWith = (more: Partial<Usage>): Event => ({
  ...ended(turnIds.first, "completed"),
  usage: { inputTokens: 90_000, outputTokens: 1, contextTokens: 84_000, contextWindow: 200_000, costUsd: 1, ...more },
})
const after = (more: Partial<Usage>) => given(...busy, endedWith(more))
/** When the turn ended. */
const endOf = (story: ReturnType<typeof after>) => story.it().runtime.since

describe("a session whose conversation the provider has cached", () => {
  it("stays awake until the cache is cold, though its idle time is over", () => {
    const story = after({ cacheMillis: hour })
    const end = endOf(story)
    expect(reasonAlive(story.it(), end, 30 * minute)).toMatchObject({
      reason: "cooling",
      endsAt: end + hour,
      endsWhen: "when the provider's cache of its conversation is cold",
    })
    const hibernate = { _tag: "runtime.hibernate", threadId, generation: 1, idleMillis: 30 * minute } as const
    const early = story.when({ ...hibernate, reason: "idle" }, { now: end + 31 * minute })
    expect(reasonOf(early)).toBe("not-due")
    expect(messageOf(early)).toContain("cold")
    expect(reasonOf(story.when({ ...hibernate, reason: "memory" }, { now: end + 31 * minute }))).toBe(null)
  })

  it.each([
    ["the cache is cold before the idle time is over", { cacheMillis: 5 * minute }],
    ["its conversation is short", { cacheMillis: hour, contextTokens: 5_000 }],
    ["nothing is known of a cache", {}],
  ])("sleeps when its idle time is over where %s", (_, usage) => {
    const story = after(usage)
    expect(reasonAlive(story.it(), endOf(story), 30 * minute)?.endsAt).toBe(endOf(story) + 30 * minute)
  })

  it("loses with a sleep what would be read anew, and nothing once it is cold", () => {
    const story = after({ cacheMillis: hour })
    expect(tokensLost(story.it(), endOf(story) + hour - 1)).toBe(84_000)
    expect(tokensLost(story.it(), endOf(story) + hour)).toBe(0)
    expect(tokensLost(after({}).it(), 0)).toBe(0)
  })
})
