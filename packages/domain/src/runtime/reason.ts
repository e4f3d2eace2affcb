// Why a runtime is alive, the one reason there is, and what would end it.
import type { Millis } from "@corral/contracts/ids"
import type { Runtime } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { ReasonAlive } from "@corral/contracts/tree"
import { worthKeepingUntil } from "./cache.ts"

export interface Alive {
  readonly reason: ReasonAlive
  /** The rule that would end it, in words. */
  readonly endsWhen: string
  /** When, if a clock runs. */
  readonly endsAt: Millis | null
}

/** Asleep: null. A held queue waits for a person and holds nothing awake: waking for it is as good. */
export const reasonAlive = (thread: Thread, now: Millis, idleMillis: number): Alive | null =>
  reasonOfState(thread.runtime) ??
  reasonOfWork(thread) ??
  (thread.runtime.state === "asleep" ? null : reasonOfClock(thread, now, idleMillis))

const because = (reason: ReasonAlive, endsWhen: string, endsAt: Millis | null = null): Alive => ({ reason, endsWhen, endsAt })

const reasonOfState = ({ state, stopping }: Runtime) => {
  if (state === "stuck") return because("stuck", "when its survivors end, or a sweep ends them")
  if (state === "stopping") return because("stopping", `when its last process is seen gone (${stopping ?? "stop"})`)
  return state === "waking" ? because("starting", "when the agent has started") : null
}

const reasonOfWork = ({ runtime, turn, requests }: Thread) => {
  if (runtime.state === "asleep") return null
  const [oldest] = requests
  if (oldest !== undefined) return because("waiting", `when ${oldest.kind === "question" ? "its question" : "its approval"} is answered`)
  if (turn !== null) return because("turn", "when its turn ends")
  if (runtime.background.length === 0) return null
  return because("background", `when its background work ends: ${runtime.background.map((task) => task.title).join(", ")}`)
}

const reasonOfClock = (thread: Thread, now: Millis, idleMillis: number) => {
  const { keptUntil, since } = thread.runtime
  if (keptUntil === 0) return because("kept", "when it is kept no longer")
  if (keptUntil !== null && keptUntil > now) return because("kept", "when the time is over for which it is kept", keptUntil)
  const idleUntil = Math.max(since, keptUntil ?? 0) + idleMillis
  const warmUntil = worthKeepingUntil(thread)
  if (warmUntil <= idleUntil) return because("cooling", `when it was idle for ${inWords(idleMillis)}`, idleUntil)
  return because("cooling", "when the provider's cache of its conversation is cold", warmUntil)
}

export const inWords = (millis: number) => {
  const seconds = Math.round(millis / 1000)
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}
