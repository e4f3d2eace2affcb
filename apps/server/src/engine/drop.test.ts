// What becomes of a deleted thread's transcript: it goes when nothing runs any more, and not before.
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { certificate } from "../store/certificate.test-support.ts"
import { Store } from "../store/store.ts"
import { Deliver, type Hands } from "./deliver.ts"
import { Engine } from "./engine.ts"
import { furnish, onFreshHome, onHome, order, record, start, temporaryHome, text, thread, wake } from "./engine.test-support.ts"

const remove = order({ _tag: "thread.delete", threadId: thread(1) })
const drop = Effect.flatMap(Engine, (engine) => engine.drop(thread(1)))
const threadOne = Effect.map(Engine, (engine) => engine.thread(thread(1)))
const transcript = Effect.flatMap(Store, (store) => store.read((tables) => tables.events.after(thread(1), 0, 99)))

/** A certificate of the thread's tree. */
const proved = (n: number, outcome: "gone" | "stuck") =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const generation = engine.thread(thread(1))?.runtime.generation ?? 0
    const left = outcome === "gone" ? 0 : 2
    yield* engine.record({
      _tag: "runtime.record-stopped",
      threadId: thread(1),
      generation,
      certificate: certificate(n, { threadIds: [thread(1)], reason: "delete", outcome, left }),
    })
  })

const working = Effect.gen(function* () {
  yield* order(start(1, 1))
  yield* wake(1)
  yield* record(1, [text(1, "hello")])
})

/** The hands that a deletion needs; the stop finds survivors. */
const hands = (acts: string[]): Hands<Engine> => {
  const never = () => Effect.die(new Error("not asked for here"))
  return {
    "turn.start": () => Effect.void,
    "turn.interrupt": never,
    "turn.answer": never,
    "runtime.wake": never,
    "runtime.tune": never,
    "runtime.stop": () =>
      Effect.andThen(
        Effect.sync(() => acts.push("stop")),
        proved(1, "stuck"),
      ),
    "thread.delete": ({ threadId }) =>
      Effect.andThen(
        Effect.sync(() => acts.push("drop")),
        Effect.flatMap(Engine, (engine) => engine.drop(threadId)),
      ),
  }
}

const delivering = <A, E, R>(acts: string[], work: Effect.Effect<A, E, R | Deliver>) =>
  Effect.flatMap(Deliver, (deliver) => Effect.andThen(deliver.start, work)).pipe(
    Effect.provide(Deliver.layer(hands(acts)), { local: true }),
  )

/** The first thing that is owed and was tried in vain. */
const refused = Effect.gen(function* () {
  const deliver = yield* Deliver
  for (;;) {
    const [debt] = deliver.pending()
    if (debt !== undefined && debt.error !== null) return debt
    yield* TestClock.adjust("10 millis")
  }
})

const dropped = Effect.gen(function* () {
  while ((yield* threadOne) !== undefined) yield* TestClock.adjust("1 second")
})

describe("a deleted thread", () => {
  it.effect("whose processes could not all be ended keeps its transcript, as debt in words, until they are seen gone", () => {
    const acts: string[] = []
    const work = Effect.gen(function* () {
      yield* working
      yield* remove
      const debt = yield* refused
      assert.deepInclude(debt.intent, { _tag: "thread.delete" })
      for (const part of ["Thread 1", "2 of its processes", "corral ps"]) assert.include(debt.error ?? "", part)
      assert.isAbove((yield* transcript).length, 3)
      assert.strictEqual(acts.filter((act) => act === "stop").length, 1)
      yield* proved(2, "gone")
      yield* dropped
      assert.deepStrictEqual(yield* transcript, [])
    })
    return onFreshHome(1, delivering(acts, work))
  })

  it.effect("owes that after a crash too", () =>
    Effect.gen(function* () {
      const home = yield* temporaryHome
      const acts: string[] = []
      const crash = Effect.gen(function* () {
        yield* working
        yield* remove
        yield* refused
      })
      yield* onHome(home, Effect.andThen(furnish(1), delivering(acts, crash)))
      const after = Effect.gen(function* () {
        assert.strictEqual((yield* threadOne)?.runtime.state, "stuck")
        yield* proved(2, "gone")
        yield* dropped
      })
      yield* onHome(home, delivering(acts, after))
    }),
  )

  it.effect("whose stop is not proved yet keeps its transcript", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* working
        yield* remove
        const refused = yield* Effect.flip(drop)
        assert.strictEqual(refused._tag, "StillHosted")
        assert.include(refused.message, "not proved")
        yield* proved(1, "gone")
        yield* drop
        assert.isUndefined(yield* threadOne)
      }),
    ),
  )

  it.effect("for which nothing is known to run goes at once, and leaves its name free", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* remove
        assert.strictEqual((yield* threadOne)?.status, "deleted")
        yield* drop
        assert.isUndefined(yield* threadOne)
        const left = yield* (yield* Store).read((tables) => [tables.events.after(thread(1), 0, 9), tables.snapshots.threads()])
        assert.deepStrictEqual(left, [[], []])
      }),
    ),
  )
})

describe("a thread that is not deleted", () => {
  it.effect("is not let go of", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* drop
        assert.strictEqual((yield* threadOne)?.status, "active")
      }),
    ),
  )
})

describe("the numbers of a dropped thread's events", () => {
  const goes = Effect.gen(function* () {
    yield* furnish(2)
    yield* order({ _tag: "thread.delete", threadId: thread(2) })
    yield* (yield* Engine).drop(thread(2))
    return (yield* Engine).seq()
  })
  const seq = Effect.map(Engine, (engine) => engine.seq())
  const spoil = Effect.flatMap(Store, (store) => store.write(({ meta }) => meta.set("snapshot-shape", "0")))

  it.effect("are not used again by the next server", () =>
    Effect.gen(function* () {
      const home = yield* temporaryHome
      const last = yield* onHome(home, goes)
      assert.strictEqual(yield* onHome(home, seq), last)
      const receipt = yield* onHome(home, order({ _tag: "thread.rename", threadId: thread(1), title: "One" }))
      assert.deepInclude(receipt, { _tag: "accepted", seq: last + 1 })
    }),
  )

  it.effect("nor where that server makes its state from the log again", () =>
    Effect.gen(function* () {
      const home = yield* temporaryHome
      const last = yield* onHome(
        home,
        Effect.tap(goes, () => spoil),
      )
      assert.strictEqual(yield* onHome(home, seq), last)
    }),
  )
})
