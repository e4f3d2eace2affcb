// The speed at which this agent talks, and pauses that a cancelled turn ends at once.
import { setTimeout as delay } from "node:timers/promises"

/** Between two words, by model. */
const wordMillis: Readonly<Record<string, number>> = { calm: 25, quick: 2 }

export const wordPause = (model: string): number => wordMillis[model] ?? 25

/** Rejects as soon as `signal` aborts. Zero: no pause, but the turn can still be ended here. */
export async function pause(millis: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  if (millis > 0) await delay(millis, undefined, { signal })
}

/** Rejects once `signal` aborts, with its reason; else never settles. */
export const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const end = () => reject(signal.reason)
    if (signal.aborted) end()
    else signal.addEventListener("abort", end, { once: true })
  })
