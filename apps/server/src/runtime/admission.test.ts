import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { order, start, thread, turn, wake } from "../engine/engine.test-support.ts"
import { Engine } from "../engine/engine.ts"
import { Admission } from "./admission.ts"
import type { Obstacle } from "./admission-line.ts"
import { onStage } from "./played.test-support.ts"

const short: Obstacle = { why: "memory", now: 8, limit: 10 }
const wanted = (n: number) => ({ threadId: thread(n), isWanted: () => true })
const placeOf = (n: number) => Effect.map(Admission, (admission) => admission.of(thread(n)))
const through = (n: number) => Effect.flatMap(Admission, (admission) => admission.through(wanted(n), Effect.succeed(`${n} is awake`)))

/** On a stage with two threads, of which the first one is awake. */
const withOneAwake = <A, E>(room: { mostAwake: number; shortage: () => Obstacle | null }, work: Effect.Effect<A, E, Admission | Engine>) =>
  onStage(() =>
    Effect.gen(function* () {
      yield* order(start(1, 1))
      yield* wake(1)
      return yield* Effect.provide(work, Admission.layer(room))
    }),
  )

describe("who may wake", () => {
  it.effect("waits while memory is short, and is let in within a second once it is not", () => {
    let shortage: Obstacle | null = short
    return withOneAwake(
      { mostAwake: 0, shortage: () => shortage },
      Effect.gen(function* () {
        const second = yield* Effect.forkChild(through(2), { startImmediately: true })
        yield* TestClock.adjust("10 minutes")
        assert.deepInclude(yield* placeOf(2), { place: 1, of: 1, ...short })
        shortage = null
        yield* TestClock.adjust("1 second")
        assert.strictEqual(yield* Fiber.join(second), "2 is awake")
        assert.strictEqual(yield* placeOf(2), null)
      }),
    )
  })

  it.effect("is let in however short memory is where nobody else is awake", () =>
    onStage(() =>
      Effect.gen(function* () {
        const only = through(2).pipe(Effect.provide(Admission.layer({ mostAwake: 0, shortage: () => short })))
        assert.strictEqual(yield* only, "2 is awake")
      }),
    ),
  )

  it.effect("waits while as many are awake as may be, and says for how many an idle one has to go", () =>
    withOneAwake(
      { mostAwake: 1, shortage: () => null },
      Effect.gen(function* () {
        const [admission, engine] = [yield* Admission, yield* Engine]
        const second = yield* Effect.forkChild(through(2), { startImmediately: true })
        assert.deepInclude(admission.of(thread(2)), { why: "cap", now: 1, limit: 1 })
        assert.strictEqual(admission.lacking(), 1)
        yield* order({ _tag: "runtime.stop", threadId: thread(1) })
        assert.strictEqual(admission.lacking(), 0, "one is going already")
        yield* engine.record({ _tag: "runtime.record-failed", threadId: thread(1), generation: 1, error: "gone" })
        assert.strictEqual(yield* Fiber.join(second), "2 is awake")
      }),
    ),
  )

  it.effect("counts those that are starting as awake", () =>
    withOneAwake(
      { mostAwake: 2, shortage: () => null },
      Effect.gen(function* () {
        const admission = yield* Admission
        const slow = yield* Effect.forkChild(admission.through(wanted(2), Effect.never), { startImmediately: true })
        const third = yield* Effect.forkChild(through(3), { startImmediately: true })
        assert.deepInclude(admission.of(thread(3)), { why: "cap", now: 2 })
        yield* Fiber.interrupt(slow)
        assert.strictEqual(yield* Fiber.join(third), "3 is awake")
      }),
    ),
  )

  it.effect("leaves the line where its wish is given up, also by a stop that overtakes", () =>
    withOneAwake(
      { mostAwake: 1, shortage: () => null },
      Effect.gen(function* () {
        const admission = yield* Admission
        const engine = yield* Engine
        const isWanted = () => engine.thread(thread(2))?.turn?.turnId === turn(2)
        yield* order(start(2, 2))
        const second = yield* Effect.forkChild(admission.through({ threadId: thread(2), isWanted }, Effect.die("it was not wanted")), {
          startImmediately: true,
        })
        const third = yield* Effect.forkChild(through(3), { startImmediately: true })
        yield* order({ _tag: "turn.interrupt", threadId: thread(2), turnId: turn(2) })
        assert.strictEqual(yield* Fiber.join(second), null)
        assert.deepInclude(admission.of(thread(3)), { place: 1, of: 1 })
        yield* Fiber.interrupt(third)
        assert.deepStrictEqual(admission.line(), [])
      }),
    ),
  )

  it.effect("is let in now where a person wants that", () =>
    withOneAwake(
      { mostAwake: 1, shortage: () => null },
      Effect.gen(function* () {
        const second = yield* Effect.forkChild(through(2), { startImmediately: true })
        yield* (yield* Admission).now(thread(2))
        assert.strictEqual(yield* Fiber.join(second), "2 is awake")
      }),
    ),
  )
})
