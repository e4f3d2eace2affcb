import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import type { Engine } from "../engine/engine.ts"
import { order, rename, wake } from "../engine/engine.test-support.ts"
import { hibernateIdle } from "./hibernate.ts"
import { jumping } from "./jumping.test-support.ts"
import { onStage, runtimeOf } from "./played.test-support.ts"

const hour = 3_600_000
const idleMillis = 1_800_000
/** Long after the beginning of all clocks, so that there is something to go back to. */
const today = 1e12

/** Thread 1 idles from now on, under a rule of half an hour. */
const idling = <A, E>(then: (jump: (millis: number) => void) => Effect.Effect<A, E, Engine>) =>
  Effect.gen(function* () {
    const { clock, jump } = yield* jumping
    jump(today)
    return yield* onStage(() =>
      Effect.gen(function* () {
        yield* wake(1)
        return yield* Effect.provide(then(jump), hibernateIdle(idleMillis))
      }),
    ).pipe(Effect.provideService(Clock.Clock, clock))
  })

const state = Effect.map(runtimeOf(1), ({ state }) => state)

describe("an idle thread", () => {
  it.effect("sleeps when its time is over, and not before", () =>
    idling(() =>
      Effect.gen(function* () {
        yield* TestClock.adjust("29 minutes")
        assert.strictEqual(yield* state, "idle")
        yield* TestClock.adjust("61 seconds")
        assert.strictEqual(yield* state, "stopping")
      }),
    ),
  )

  it.effect.each([
    ["the machine was suspended or the clock set forward", 8 * hour],
    ["the clock was set back", -8 * hour],
  ] as const)("sleeps after the same time when %s meanwhile", ([, by]) =>
    idling((jump) =>
      Effect.gen(function* () {
        yield* TestClock.adjust("5 minutes")
        jump(by)
        // What else happens makes it look at its deadlines.
        yield* order(rename(2, "another"))
        yield* order(rename(1, "itself"))
        yield* TestClock.adjust("24 minutes")
        assert.strictEqual(yield* state, "idle")
        yield* TestClock.adjust("61 seconds")
        assert.strictEqual(yield* state, "stopping")
      }),
    ),
  )
})
