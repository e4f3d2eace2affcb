// The one line of Corral that signals. Whoever calls it has read the evidence in the same tick.
import type { Sent, Signal } from "./containment.ts"

/** `target` below zero: a process group. */
export function sendSignal(target: number, signal: Signal): Sent {
  try {
    process.kill(target, signal)
    return "sent"
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH" ? "gone" : "denied"
  }
}
