// Notices when the clock on the wall did not go as time does: somebody set it, or the machine was suspended. What waits for a time to pass
// must not take that for the passing of time.
import type { Millis } from "@corral/contracts/ids"
import type * as Clock from "effect/Clock"

/** Clocks are also set by less than this, all the time, and a busy process reads the two a moment apart. */
const leastMillis = 1_000

export class Skips {
  readonly #clock: Clock.Clock
  #offset: number

  constructor(clock: Clock.Clock) {
    this.#clock = clock
    this.#offset = this.#between()
  }

  /** By so much the clock was ahead of the time that passed since this was last called; negative: it went back; 0: neither. */
  take(): Millis {
    const offset = this.#between()
    const skipped = offset - this.#offset
    this.#offset = offset
    return Math.abs(skipped) < leastMillis ? 0 : skipped
  }

  #between(): number {
    return this.#clock.currentTimeMillisUnsafe() - steadyMillis(this.#clock)
  }
}

/** Time that passed while the machine was awake, since some moment of the past. */
export const steadyMillis = (clock: Clock.Clock): number => Number(clock.monotonicTimeNanosUnsafe()) / 1e6
