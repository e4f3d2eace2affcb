import { ThreadId, TreeId } from "@corral/contracts/ids"
import { beforeEach, describe, expect, it } from "vitest"
import { HeavyTrees } from "./heavy-trees.ts"

const limit = 1000
const threadId = ThreadId.make("thr_1")
const weight = (bytes: number) => ({ treeId: TreeId.make("tre_1"), threadIds: [threadId], bytes })
const somebody = true

let told: ThreadId[]
let trees: HeavyTrees

beforeEach(() => {
  told = []
  trees = new HeavyTrees(limit, (threadIds) => told.push(...threadIds))
})

const see = (bytes: number, now: number, isSomebodyThere = false) => trees.seen([weight(bytes)], now, isSomebodyThere)

describe("a session that", () => {
  it("holds little is not spoken of", () => {
    see(799, 0)
    expect(trees.of(threadId)).toBe(null)
    expect(told).toEqual([])
  })

  it("comes near its limit is shown, and is not stopped however long it stays there", () => {
    see(800, 0)
    expect(trees.of(threadId)).toEqual({ bytes: 800, limitBytes: limit, endsAt: null })
    expect(see(999, 1e9)).toEqual([])
  })

  it("is over its limit is stopped after some seconds where nobody is there to be asked", () => {
    expect(see(1000, 0)).toEqual([])
    expect(see(1200, 3_999)).toEqual([])
    expect(see(1200, 4_000)).toMatchObject([{ threadIds: [threadId] }])
  })

  it("is over its limit is stopped after a minute where somebody is there and does not answer", () => {
    expect(see(1000, 0, somebody)).toEqual([])
    expect(trees.of(threadId)?.endsAt).toBe(60_000)
    expect(see(1000, 59_999, somebody)).toEqual([])
    expect(see(1000, 60_000, somebody)).toHaveLength(1)
  })

  it("is over its limit has its whole minute also when the machine was suspended in it", () => {
    see(1000, 0, somebody)
    trees.shift(1e6)
    expect(see(1000, 1e6 + 59_999, somebody)).toEqual([])
    expect(see(1000, 1e6 + 60_000, somebody)).toHaveLength(1)
  })

  it("falls under its limit in time is not stopped, and has its whole time when it is over again", () => {
    see(1000, 0)
    see(900, 2_000)
    expect(trees.of(threadId)?.endsAt).toBe(null)
    expect(see(1000, 4_000)).toEqual([])
    expect(trees.of(threadId)?.endsAt).toBe(8_000)
  })

  it("a person lets go on is shown and not stopped, for as long as it lives", () => {
    see(1000, 0, somebody)
    told = []
    trees.waitOn(threadId)
    expect(told).toEqual([threadId])
    expect(see(5000, 1e9)).toEqual([])
    expect(trees.of(threadId)).toMatchObject({ bytes: 5000, endsAt: null })
    trees.seen([], 1e9, false)
    see(1000, 1e9)
    expect(trees.of(threadId)?.endsAt).toBe(1e9 + 4_000)
  })

  it("only comes near its limit cannot be let go on beforehand", () => {
    see(900, 0)
    trees.waitOn(threadId)
    see(1000, 10)
    expect(trees.of(threadId)?.endsAt).toBe(4_010)
  })

  it("is gone is told of once more", () => {
    see(900, 0)
    told = []
    trees.seen([], 1, false)
    expect(told).toEqual([threadId])
    expect(trees.of(threadId)).toBe(null)
  })
})
