import { TreeId } from "@corral/contracts/ids"
import { describe, expect, it } from "vitest"
import {
  archived,
  asleep,
  busy,
  deleted,
  eventsOf,
  given,
  idle,
  reasonOf,
  running,
  started,
  stopped,
  stopping,
  threadId,
  treeId,
  turnIds,
  waking,
} from "../../test/story.ts"

const record = (generation = 1, id = treeId) => ({ _tag: "runtime.record-waking", threadId, generation, treeId: id }) as const

describe("recording that a launch begins", () => {
  it("makes it the thread's next generation", () => {
    const story = given(...asleep, started(turnIds.first))
    expect(eventsOf(story.when(record()))).toEqual([waking])
    expect(story.and(waking).it().runtime).toMatchObject({ state: "waking", generation: 1, treeId, tier: null, since: 4000 })
  })

  it("keeps the cursor by which the session is resumed, and nothing else of the runtime before", () => {
    const named = { _tag: "runtime.session-named", threadId, cursor: "abc" } as const
    const story = given(...idle, named, { _tag: "runtime.kept", threadId, until: 0 }, stopped("stop"))
    const second = { ...waking, generation: 2, treeId: TreeId.make("tre_2") }
    expect(story.and(second).it().runtime).toMatchObject({ cursor: "abc", keptUntil: null, background: [], generation: 2, treeId: "tre_2" })
  })

  it("with its cause has that and the time on the thread, until the next start", () => {
    const cause = { why: "turn", turnId: turnIds.first, askedBy: "browser" } as const
    const story = given(...asleep, started(turnIds.first))
    expect(eventsOf(story.when({ ...record(), cause }))).toEqual([{ ...waking, cause }])
    const woken = story.and({ ...waking, cause })
    expect(woken.it().runtime.woken).toEqual({ at: 4000, ...cause })
    const again = { ...waking, generation: 2, treeId: TreeId.make("tre_2") }
    expect(woken.and(running, stopped("stop"), again).it().runtime).not.toHaveProperty("woken")
  })

  it("again after a crash before the launch is possible", () => {
    const tree = TreeId.make("tre_2")
    expect(eventsOf(given(...asleep, waking).when(record(2, tree)))).toEqual([{ ...waking, generation: 2, treeId: tree }])
  })

  it.each([0, 2])("with generation %i where 1 is next is dropped", (generation) => {
    expect(reasonOf(given(...asleep).when(record(generation)))).toBe("stale-generation")
  })

  it.each([
    ["idle", idle],
    ["busy", busy],
    ["stopping", [...idle, stopping("idle")]],
    ["stuck", [...idle, stopped("stop", { outcome: "stuck", left: 1 })]],
  ])("is refused beside a runtime that is %s: one process at most", (_, events) => {
    expect(reasonOf(given(...events).when(record(2)))).toBe("stale-generation")
  })

  it("is refused for a thread that was archived or deleted meanwhile", () => {
    expect(reasonOf(given(...asleep, archived).when(record()))).toBe("archived-thread")
    expect(reasonOf(given(...asleep, deleted).when(record()))).toBe("unknown-thread")
  })
})
