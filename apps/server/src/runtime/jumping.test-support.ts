// A test clock whose time on the wall can be set while the steady time goes on: what a person, a time server or a suspended machine does.
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

export interface Jumping {
  readonly clock: Clock.Clock
  /** The clock on the wall is ahead by so much more; negative: it goes back. */
  readonly jump: (millis: number) => void
}

export const jumping: Effect.Effect<Jumping> = Effect.map(Clock.Clock, (test) => {
  let ahead = 0
  const millis = () => test.currentTimeMillisUnsafe() + ahead
  // With all that it has beside: the test goes on to turn it.
  const clock: Clock.Clock = Object.assign({}, test, {
    currentTimeMillisUnsafe: millis,
    currentTimeMillis: Effect.sync(millis),
    currentTimeNanosUnsafe: () => test.currentTimeNanosUnsafe() + BigInt(ahead) * 1_000_000n,
    currentTimeNanos: Effect.sync(() => test.currentTimeNanosUnsafe() + BigInt(ahead) * 1_000_000n),
  })
  return { clock, jump: (by) => void (ahead += by) }
})
