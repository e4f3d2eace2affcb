// A turn ended. The next one in the queue starts, except after a failure: then the queue is held for a person to look.
import type { Millis, TurnId } from "@corral/contracts/ids"
import type { Runtime } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { CompleteTurn, TurnCompleted, Usage } from "@corral/contracts/turn"
import type { Consequence, Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import { stopCauses } from "../runtime/cause.ts"
import { isHosted } from "../runtime/hosted.ts"
import { isMeant } from "../runtime/meant.ts"
import type { World } from "../state.ts"
import { closedRequests } from "./answer.ts"
import { nextTurn } from "./next.ts"

export const decideCompleteTurn = (world: World, command: CompleteTurn): Decision =>
  onGeneration(world, command, (thread) => {
    const { threadId, turnId, usage } = command
    const completed = { _tag: "turn.completed", threadId, turnId, ...endOf(thread, command), usage } as const
    if (turnId === null) return accept([completed])
    if (thread.turn?.turnId !== turnId) return turnNotRunning(thread, turnId)
    const next = following(thread, command)
    return accept([...closedRequests(thread, (request) => request.turnId === turnId), completed, ...next.events], next.intents)
  })

export const evolveTurnCompleted = (thread: Thread, event: TurnCompleted, at: Millis): Thread => {
  const usage = event.usage ?? thread.usage
  if (event.turnId === null || thread.turn?.turnId !== event.turnId) return usage === thread.usage ? thread : { ...thread, usage }
  return {
    ...thread,
    touchedAt: at,
    turn: null,
    queueHeld: thread.queue.length > 0,
    lastOutcome: event.outcome,
    lastError: event.error,
    usage,
    ...warmth(event.usage, at),
    runtime: released(thread.runtime, at),
  }
}

/** A turn of which nothing is told says nothing of the cache either: what was known stays. */
const warmth = (usage: Usage | null, at: Millis) => (usage?.cacheMillis === undefined ? {} : { warmUntil: at + usage.cacheMillis })

/**
 * An agent that is taken down knows no more than that it was: who took it down says how the turn ended. Over its memory limit that holds
 * also for a turn that says it was interrupted, since no person asked for that.
 */
const endOf = ({ runtime }: Thread, { outcome, error }: CompleteTurn) => {
  const { state, stopping } = runtime
  const own = { outcome, error } as const
  if (state !== "stopping" || stopping === null || stopping === "exited" || outcome === "completed") return own
  if (isMeant(stopping)) return { outcome: "interrupted", error: null } as const
  return outcome === "failed" || stopping === "memory-limit" ? ({ outcome: "failed", error: stopCauses[stopping] } as const) : own
}

/** Also for a fact that comes too late to be about the running turn. */
export const turnNotRunning = ({ title }: Thread, turnId: TurnId): Decision =>
  reject("turn-not-running", `Turn ${turnId} does not run in thread “${title}”; nothing was changed.`)

const following = (thread: Thread, { outcome }: CompleteTurn): Consequence => {
  const mayGoOn = outcome !== "failed" && thread.status === "active" && thread.runtime.state !== "stopping"
  return mayGoOn ? nextTurn({ ...thread, turn: null }) : { events: [], intents: [] }
}

/** A runtime that was to be woken for the turn, and is not yet, need not be. */
const released = (runtime: Runtime, at: Millis): Runtime => {
  if (runtime.state === "busy") return { ...runtime, state: "idle", since: at }
  if (runtime.state === "waking" && !isHosted(runtime)) return { ...runtime, state: "asleep", since: at }
  return runtime
}
