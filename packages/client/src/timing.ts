// Clock, chance and timers as a connection sees them, so that a test can turn the clock itself.

export interface Timing {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** In [0, 1). */
  readonly random: () => number
  /** Runs once after `millis`, unless it is cancelled by what it returned. */
  readonly setTimer: (millis: number, run: () => void) => () => void
}

export const realTiming: Timing = {
  now: Date.now,
  random: Math.random,
  setTimer(millis, run) {
    const timer = setTimeout(run, millis)
    return () => clearTimeout(timer)
  },
}
