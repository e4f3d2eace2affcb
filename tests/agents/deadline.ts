// Waiting with an end: for a promise, or for something that can only be looked at. A failure says what was awaited, and what was there.
import { setTimeout as pause } from "node:timers/promises"

const lookEveryMillis = 15

export interface Awaiting {
  readonly what: string
  readonly withinMillis: number
  /** What there was instead, for the failure. */
  readonly instead?: () => string
}

export const within = async <A>(promise: Promise<A>, awaiting: Awaiting): Promise<A> => {
  const controller = new AbortController()
  const late = pause(awaiting.withinMillis, undefined, { signal: controller.signal }).then(() => Promise.reject(tooLate(awaiting)))
  try {
    return await Promise.race([promise, late])
  } finally {
    controller.abort()
    late.catch(() => {})
  }
}

/** Looks until `look` gives something; what it throws is thrown. Gives what was seen and after how many ms. */
export const until = async <A>(
  look: () => A | undefined | Promise<A | undefined>,
  awaiting: Awaiting,
): Promise<{ seen: A; millis: number }> => {
  const began = performance.now()
  for (;;) {
    const seen = await look()
    const millis = performance.now() - began
    if (seen !== undefined) return { seen, millis }
    if (millis > awaiting.withinMillis) throw tooLate(awaiting)
    await pause(lookEveryMillis)
  }
}

const tooLate = ({ what, withinMillis, instead }: Awaiting): Error =>
  new Error(`Not within ${withinMillis} ms: ${what}${instead === undefined ? "" : `\n${instead()}`}`)
