// The one line of Corral that signals. Whoever calls it has read the evidence in the same tick.
import type { Sent, Signal } from "./containment.ts"

/** `target` below zero: a process group. Never init, and never what the kernel takes for "my own group" and "everybody": 0 and -1. */
export function sendSignal(target: number, signal: Signal): Sent {
  if (Math.abs(target) <= 1) return "not-ours"
  try {
    process.kill(target, signal)
    return "sent"
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH" ? "gone" : "denied"
  }
}
