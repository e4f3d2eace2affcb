import type { ShellItem } from "@corral/contracts/rpc"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { creation, furnish, order, rename, start, thread } from "../../engine/engine.test-support.ts"
import { connected, running, type Frame, type Wire } from "../serve.test-support.ts"

const isItem = (value: unknown): value is ShellItem => typeof value === "object" && value !== null && "_tag" in value

const itemOf = ({ item }: Frame): ShellItem => {
  if (!isItem(item)) throw new Error("a frame without an item")
  return item
}

const next = (wire: Wire) =>
  Effect.map(
    Effect.promise(() => wire.next()),
    itemOf,
  )
const opened = (wire: Wire) => {
  wire.send({ id: 1, watch: "shell", with: {} })
  return next(wire)
}
const ids = ({ threads }: ShellItem) => threads.map(({ threadId }) => threadId)

describe("the shell stream", () => {
  it.live("tells that a turn is stalled and that it is no longer, though no event says so", () =>
    Effect.gen(function* () {
      const server = yield* running
      yield* server.run(furnish(1))
      const wire = yield* connected(server)
      yield* opened(wire)
      const stalled = { heardAt: 1, since: 2, until: 3, cpuMillis: 4 }
      server.scene.stalled = stalled
      server.scene.stall(thread(1))
      assert.deepStrictEqual((yield* next(wire)).threads[0]?.stalled, stalled)
      wire.send({ id: 2, call: "waitOn", with: { threadId: thread(1) } })
      const told = itemOf(yield* Effect.promise(() => wire.next(({ item }) => item !== undefined)))
      assert.notProperty(told.threads[0] ?? {}, "stalled")
    }),
  )

  it.live("begins with projects, the newest threads, counts and agents", () =>
    Effect.gen(function* () {
      const server = yield* running
      yield* server.run(Effect.andThen(furnish(3), order({ _tag: "thread.archive", threadId: thread(2) })))
      const first = yield* opened(yield* connected(server))
      assert.deepInclude(first, { _tag: "snapshot", seq: server.engine.seq(), active: 2, archived: 1 })
      assert.deepStrictEqual(ids(first).toSorted(), [thread(1), thread(3)])
      assert.deepStrictEqual(
        first.providers?.map(({ name }) => name),
        ["Played"],
      )
    }),
  )

  it.live("shows two hundred of many, and wherever something runs", () =>
    Effect.gen(function* () {
      const server = yield* running
      yield* server.run(Effect.andThen(furnish(1), order(start(1, 1))))
      const many = Array.from({ length: 300 }, (_, n) => order(creation(n + 2)))
      yield* server.run(Effect.all(many, { concurrency: "unbounded" }))
      const first = yield* opened(yield* connected(server))
      assert.strictEqual(first.active, 301)
      assert.isAtMost(first.threads.length, 201)
      assert.include(ids(first), thread(1))
    }),
  )

  it.live("tells what changed, joined, and nothing that did not", () =>
    Effect.gen(function* () {
      const server = yield* running
      yield* server.run(furnish(3))
      const wire = yield* connected(server)
      yield* opened(wire)
      const renames = Array.from({ length: 100 }, (_, n) => order(rename(1 + (n % 2), `Title ${n}`)))
      yield* server.run(Effect.all(renames))
      let last = yield* next(wire)
      let count = 1
      while (last.seq < server.engine.seq()) {
        last = yield* next(wire)
        count++
      }
      assert.isBelow(count, 50)
      assert.deepInclude(last, { _tag: "changed", projects: null, providers: null })
      assert.include(
        last.threads.map(({ title }) => title),
        "Title 99",
      )
      assert.notInclude(ids(last), thread(3))
    }),
  )

  it.live("tells that a thread is deleted", () =>
    Effect.gen(function* () {
      const server = yield* running
      yield* server.run(furnish(2))
      const wire = yield* connected(server)
      yield* opened(wire)
      yield* server.run(order({ _tag: "thread.delete", threadId: thread(1) }))
      yield* server.engine.drop(thread(1))
      const changed = yield* next(wire)
      assert.deepInclude(changed, { active: 1 })
      assert.deepInclude(changed.threads[0], { threadId: thread(1), status: "deleted" })
    }),
  )

  it.live("tells which agents there are now", () =>
    Effect.gen(function* () {
      const server = yield* running
      const wire = yield* connected(server)
      yield* opened(wire)
      server.scene.changeProviders()
      assert.strictEqual((yield* next(wire)).providers?.length, 1)
    }),
  )
})
