import type { Intent } from "@corral/contracts/intent"
import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { Deliver, type Hands } from "./deliver.ts"
import { furnish, onFreshHome, onHome, order, start, temporaryHome, thread } from "./engine.test-support.ts"

type Played = (intent: Intent) => Effect.Effect<unknown, { readonly _tag: string; readonly message: string }>

/** One hand for everything. */
const played = (hand: Played): Hands<never> => ({
  "turn.start": hand,
  "turn.interrupt": hand,
  "turn.answer": hand,
  "runtime.wake": hand,
  "runtime.tune": hand,
  "runtime.stop": hand,
  "thread.delete": hand,
})

const delivering = <A, E, R>(hand: Played, work: Effect.Effect<A, E, R | Deliver>) =>
  Effect.flatMap(Deliver, (deliver) => Effect.andThen(deliver.start, work)).pipe(
    Effect.provide(Deliver.layer(played(hand)), { local: true }),
  )

const drained = (n: number) => Effect.flatMap(Deliver, (deliver) => deliver.drained(thread(n)))
const pending = Effect.map(Deliver, (deliver) => deliver.pending())
const named = ({ _tag, threadId }: Intent) => `${_tag} ${threadId}`
const stop = (n: number) => order({ _tag: "runtime.stop", threadId: thread(n) })

describe("what was decided", () => {
  it.effect("is carried out in order, each after the one before is done", () => {
    const acts: string[] = []
    const hand: Played = (intent) =>
      Effect.gen(function* () {
        acts.push(`begin ${intent._tag}`)
        yield* Effect.yieldNow
        acts.push(`end ${intent._tag}`)
      })
    return onFreshHome(
      1,
      delivering(
        hand,
        Effect.gen(function* () {
          yield* order({ _tag: "runtime.wake", threadId: thread(1) })
          yield* order(start(1, 1))
          yield* drained(1)
          assert.deepStrictEqual(acts, ["begin runtime.wake", "end runtime.wake", "begin turn.start", "end turn.start"])
          assert.deepStrictEqual(yield* pending, [])
        }),
      ),
    )
  })

  it.effect("for one thread does not wait for another", () =>
    Effect.gen(function* () {
      const gate = yield* Deferred.make<void>()
      const hand: Played = ({ threadId }) => (threadId === thread(1) ? Deferred.await(gate) : Effect.void)
      const work = Effect.gen(function* () {
        yield* order(start(1, 1))
        yield* order(start(2, 2))
        yield* drained(2)
        assert.deepStrictEqual(
          (yield* pending).map(({ intent }) => named(intent)),
          ["turn.start thr_1"],
        )
        yield* Deferred.succeed(gate, undefined)
        yield* drained(1)
      })
      yield* onFreshHome(2, delivering(hand, work))
    }),
  )

  it.effect("and not done before a crash is done after it, in order", () =>
    Effect.gen(function* () {
      const home = yield* temporaryHome
      yield* onHome(
        home,
        Effect.andThen(furnish(1), Effect.andThen(order({ _tag: "runtime.wake", threadId: thread(1) }), order(start(1, 1)))),
      )
      const acts: string[] = []
      const hand: Played = (intent) => Effect.sync(() => acts.push(intent._tag))
      yield* onHome(home, delivering(hand, drained(1)))
      assert.deepStrictEqual(acts, ["runtime.wake", "turn.start"])
      yield* onHome(home, delivering(hand, drained(1)))
      assert.strictEqual(acts.length, 2)
    }),
  )

  it.effect("and was under way at a crash is done again", () =>
    Effect.gen(function* () {
      const home = yield* temporaryHome
      const begun = yield* Deferred.make<void>()
      const hanging: Played = () => Effect.andThen(Deferred.succeed(begun, undefined), Effect.never)
      const crash = Effect.andThen(order(start(1, 1)), Deferred.await(begun))
      yield* onHome(home, Effect.andThen(furnish(1), delivering(hanging, crash)))
      const acts: string[] = []
      yield* onHome(
        home,
        delivering((intent) => Effect.sync(() => acts.push(intent._tag)), drained(1)),
      )
      assert.deepStrictEqual(acts, ["turn.start"])
    }),
  )
})

describe("a stop", () => {
  it.effect("ends the hand at work and goes first; what it overtook follows", () =>
    Effect.gen(function* () {
      const acts: string[] = []
      const begun = yield* Deferred.make<void>()
      const hand: Played = (intent) =>
        Effect.suspend(() => {
          acts.push(intent._tag)
          if (intent._tag !== "turn.start" || acts.includes("runtime.stop")) return Effect.void
          return Effect.andThen(Deferred.succeed(begun, undefined), Effect.never)
        }).pipe(Effect.onInterrupt(() => Effect.sync(() => acts.push("interrupted"))))
      const work = Effect.gen(function* () {
        yield* order(start(1, 1))
        yield* Deferred.await(begun)
        yield* stop(1)
        yield* drained(1)
        assert.deepStrictEqual(acts, ["turn.start", "interrupted", "runtime.stop", "turn.start"])
      })
      yield* onFreshHome(1, delivering(hand, work))
    }),
  )

  it.effect("left over from a crash goes first too", () =>
    Effect.gen(function* () {
      const home = yield* temporaryHome
      yield* onHome(home, Effect.andThen(furnish(1), Effect.andThen(order(start(1, 1)), stop(1))))
      const acts: string[] = []
      yield* onHome(
        home,
        delivering((intent) => Effect.sync(() => acts.push(intent._tag)), drained(1)),
      )
      assert.deepStrictEqual(acts, ["runtime.stop", "turn.start"])
    }),
  )

  it.effect("does not wait for ever for a hand that cannot be interrupted", () =>
    Effect.gen(function* () {
      const begun = yield* Deferred.make<void>()
      const stopped = yield* Deferred.make<void>()
      const hand: Played = (intent) =>
        intent._tag === "runtime.stop"
          ? Deferred.succeed(stopped, undefined)
          : Effect.uninterruptible(
              Effect.andThen(Deferred.succeed(begun, undefined), Effect.raceFirst(Deferred.await(stopped), Effect.never)),
            )
      const work = Effect.gen(function* () {
        yield* order(start(1, 1))
        yield* Deferred.await(begun)
        yield* stop(1)
        yield* TestClock.adjust("2 seconds")
        yield* Deferred.await(stopped)
      })
      yield* onFreshHome(1, delivering(hand, work))
    }),
  )
})

describe("a hand that fails", () => {
  it.effect("is tried again, later each time, and is shown as debt meanwhile", () =>
    Effect.gen(function* () {
      let tries = 0
      const hand: Played = () =>
        Effect.suspend(() => (++tries < 3 ? Effect.fail({ _tag: "Broken", message: "the supervisor is away" }) : Effect.void))
      const work = Effect.gen(function* () {
        yield* order(start(1, 1))
        yield* TestClock.adjust(0)
        const [debt] = yield* pending
        assert.deepInclude(debt, { attempts: 1, error: "the supervisor is away" })
        yield* TestClock.adjust("100 millis")
        assert.strictEqual((yield* pending)[0]?.attempts, 2)
        yield* TestClock.adjust("100 millis")
        assert.strictEqual((yield* pending)[0]?.attempts, 2)
        yield* TestClock.adjust("100 millis")
        yield* drained(1)
        assert.strictEqual(tries, 3)
      })
      yield* onFreshHome(1, delivering(hand, work))
    }),
  )

  it.effect("by a mistake of ours, or because it was interrupted from elsewhere, is tried again as well", () =>
    Effect.gen(function* () {
      let tries = 0
      const troubles = [Effect.die(new Error("our mistake")), Effect.interrupt, Effect.void]
      const hand: Played = () => Effect.suspend(() => troubles[tries++] ?? Effect.void)
      const work = Effect.gen(function* () {
        yield* order(start(1, 1))
        yield* TestClock.adjust("1 second")
        yield* drained(1)
        assert.strictEqual(tries, 3)
      })
      yield* onFreshHome(1, delivering(hand, work))
    }),
  )

  it.effect("is overtaken by a stop while it waits for its next try", () =>
    Effect.gen(function* () {
      const acts: string[] = []
      const hand: Played = (intent) =>
        Effect.suspend(() => {
          acts.push(intent._tag)
          return intent._tag === "turn.start" && !acts.includes("runtime.stop")
            ? Effect.fail({ _tag: "Broken", message: "no" })
            : Effect.void
        })
      const work = Effect.gen(function* () {
        yield* order(start(1, 1))
        yield* TestClock.adjust(0)
        yield* stop(1)
        yield* drained(1)
        assert.deepStrictEqual(acts, ["turn.start", "runtime.stop", "turn.start"])
      })
      yield* onFreshHome(1, delivering(hand, work))
    }),
  )
})
