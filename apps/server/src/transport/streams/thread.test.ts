import type { Stored } from "@corral/contracts/event"
import type { ThreadItem } from "@corral/contracts/rpc"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { furnish, item, order, record, rename, start, text, thread, turn, wake } from "../../engine/engine.test-support.ts"
import { behindBytes } from "../outbound.ts"
import { connected, running, type Frame, type Wire } from "../serve.test-support.ts"

const isItem = (value: unknown): value is ThreadItem => typeof value === "object" && value !== null && "_tag" in value

const itemOf = ({ item: found }: Frame): ThreadItem => {
  if (!isItem(found)) throw new Error("a frame without an item")
  return found
}

const watch = (id: number, after: number | null = null) => ({ id, watch: "thread", with: { threadId: thread(1), after } })
const next = (wire: Wire, id: number) =>
  Effect.map(
    Effect.promise(() => wire.next((frame) => frame["id"] === id)),
    itemOf,
  )
const eventsOf = (found: ThreadItem): readonly Stored[] => (found._tag === "events" ? found.events : [])

/** A server with a thread whose agent is at work. */
const atWork = Effect.tap(running, (server) => server.run(furnish(1).pipe(Effect.andThen(order(start(1, 1))), Effect.andThen(wake(1)))))

describe("the stream of a thread", () => {
  it.live("begins with a snapshot and goes on with every event, once and in order", () =>
    Effect.gen(function* () {
      const server = yield* atWork
      const wire = yield* connected(server)
      wire.send(watch(1))
      const first = yield* next(wire, 1)
      assert.strictEqual(first._tag, "snapshot")
      yield* server.run(Effect.forEach(Array.from({ length: 50 }), (_, n) => order(rename(1, `Title ${n}`))))
      const seen: number[] = []
      while (seen.length < 50) seen.push(...eventsOf(yield* next(wire, 1)).map(({ seq }) => seq))
      const from = first._tag === "snapshot" ? first.seq : 0
      assert.deepStrictEqual(
        seen,
        Array.from({ length: 50 }, (_, n) => from + n + 1),
      )
    }),
  )

  it.live("taken up again after a place gives what was missed, then goes on", () =>
    Effect.gen(function* () {
      const server = yield* atWork
      const place = server.engine.seq()
      yield* server.run(record(1, [text(1, "missed")]))
      const wire = yield* connected(server)
      wire.send(watch(1, place))
      const missed = yield* next(wire, 1)
      yield* server.run(record(1, [text(2, "live")]))
      const live = yield* next(wire, 1)
      assert.deepStrictEqual(
        [missed, live].map((found) => eventsOf(found).map(({ seq }) => seq)),
        [[place + 1], [place + 2]],
      )
    }),
  )

  it.live("taken up where it stands says so, with no event", () =>
    Effect.gen(function* () {
      const server = yield* atWork
      const wire = yield* connected(server)
      wire.send(watch(1, server.engine.seq()))
      assert.deepStrictEqual(yield* next(wire, 1), { _tag: "events", seq: server.engine.seq(), events: [] })
    }),
  )

  it.live("taken up from a place that never was, or too far back, begins anew", () =>
    Effect.gen(function* () {
      const server = yield* atWork
      const wire = yield* connected(server)
      wire.send(watch(1, server.engine.seq() + 1))
      assert.strictEqual((yield* next(wire, 1))._tag, "snapshot")
      const place = server.engine.seq()
      yield* server.run(Effect.forEach(Array.from({ length: 1001 }), (_, n) => record(1, [text(n, "x")]), { concurrency: "unbounded" }))
      wire.send(watch(2, place))
      assert.strictEqual((yield* next(wire, 2))._tag, "snapshot")
    }),
  )

  it.live("carries text on its way, joined, and shows a newcomer what no event has yet", () =>
    Effect.gen(function* () {
      const server = yield* atWork
      const wire = yield* connected(server)
      wire.send(watch(1))
      yield* next(wire, 1)
      const said = { itemId: item(1), turnId: turn(1), kind: "text" } as const
      server.engine.live(thread(1), [{ ...said, offset: 0, text: "Hel" }])
      server.engine.live(thread(1), [{ ...said, offset: 3, text: "lo" }])
      assert.deepStrictEqual(yield* next(wire, 1), { _tag: "live", pieces: [{ ...said, offset: 0, text: "Hello" }] })
      wire.send(watch(2))
      const snapshot = yield* next(wire, 2)
      assert.deepStrictEqual(snapshot._tag === "snapshot" && snapshot.live, [{ ...said, offset: 0, text: "Hello" }])
    }),
  )

  it.live("carries long tool output cut", () =>
    Effect.gen(function* () {
      const server = yield* atWork
      const wire = yield* connected(server)
      wire.send(watch(1, server.engine.seq()))
      yield* next(wire, 1)
      const begin = {
        _tag: "tool-started",
        itemId: item(1),
        turnId: turn(1),
        name: "Bash",
        kind: "command",
        title: "x",
        input: "x",
      } as const
      yield* server.run(
        record(1, [
          { ...begin, parent: null },
          { _tag: "tool-ended", itemId: item(1), status: "done", output: "y".repeat(900_000) },
        ]),
      )
      assert.isBelow(JSON.stringify(yield* next(wire, 1)).length, 20_000)
    }),
  )

  it.live("says when the thread is gone, and ends", () =>
    Effect.gen(function* () {
      const server = yield* atWork
      const wire = yield* connected(server)
      wire.send(watch(1))
      yield* next(wire, 1)
      yield* server.run(order({ _tag: "thread.delete", threadId: thread(1) }))
      assert.deepStrictEqual(yield* next(wire, 1), { _tag: "gone" })
      assert.deepStrictEqual(yield* Effect.promise(() => wire.next()), { id: 1, end: null })
      assert.deepInclude(yield* Effect.promise(() => wire.ask(watch(2))), { id: 2 })
    }),
  )

  it.live("ends when it is asked to, and nothing comes after", () =>
    Effect.gen(function* () {
      const server = yield* atWork
      const wire = yield* connected(server)
      wire.send(watch(1))
      yield* next(wire, 1)
      assert.deepStrictEqual(yield* Effect.promise(() => wire.ask({ id: 1, unwatch: true })), { id: 1, end: null })
      yield* server.run(order(rename(1, "Later")))
      yield* Effect.promise(() => wire.ask({ id: 2, call: "projects", with: {} }))
      assert.deepStrictEqual(wire.frames, [])
    }),
  )
})

describe("a client that does not keep up", () => {
  it.live("costs a bounded store of unsent bytes, and starts over with a snapshot once it has caught up", () =>
    Effect.gen(function* () {
      const server = yield* atWork
      const wire = yield* connected(server)
      wire.send(watch(1))
      yield* next(wire, 1)
      wire.socket.pause()
      const segment = "x".repeat(100_000)
      const before = process.memoryUsage().external + process.memoryUsage().arrayBuffers
      for (let n = 0; n < 400; n++) yield* server.run(record(1, [text(1, segment, { offset: n * segment.length, done: n === 399 })]))
      const grown = process.memoryUsage().external + process.memoryUsage().arrayBuffers - before
      assert.isBelow(grown, 4 * behindBytes)
      wire.socket.resume()
      yield* Effect.promise(() => wire.next(({ item: found }) => isItem(found) && found._tag === "snapshot"))
      yield* server.run(order(rename(1, "After")))
      const after = yield* Effect.promise(() => wire.next((frame) => JSON.stringify(frame).includes('"After"')))
      assert.strictEqual(itemOf(after)._tag, "events")
    }),
  )
})
