// A person wants a session's processes gone and the thread kept; archive, delete, replace and sleep ask for the same with their own reason.
import type { StopReason } from "@corral/contracts/certificate"
import type { Millis } from "@corral/contracts/ids"
import type { RuntimeStopping, StopRuntime } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { Consequence, Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onThread } from "../on-thread.ts"
import type { World } from "../state.ts"
import { isHosted } from "./hosted.ts"

export const decideStopRuntime = (world: World, command: StopRuntime): Decision =>
  onThread(world, command.threadId, (thread) => {
    const stop = stopOf(thread, "stop")
    return accept(stop.events, stop.intents)
  })

/**
 * What stopping means for this thread. The intent is given always: the supervisor may know of a tree where the thread knows of none.
 * With no tree there is nothing to wait for, so a turn that waits to be given to an agent ends at once.
 */
export const stopOf = ({ threadId, runtime, turn }: Thread, reason: StopReason): Consequence => {
  const intents = [{ _tag: "runtime.stop", threadId, reason } as const]
  if (isHosted(runtime)) return { events: [{ _tag: "runtime.stopping", threadId, reason }], intents }
  if (turn === null) return { events: [], intents }
  return { events: [{ _tag: "turn.completed", threadId, turnId: turn.turnId, outcome: "interrupted", error: null, usage: null }], intents }
}

export const evolveRuntimeStopping = (thread: Thread, { reason }: RuntimeStopping, at: Millis): Thread => {
  const { runtime, turn } = thread
  const since = runtime.state === "stopping" ? runtime.since : at
  // Another provider stays the reason: what the old one still says about its session must not be kept.
  const stopping = runtime.stopping === "switch" ? "switch" : reason
  const endsTurn = turn !== null && endsTheTurn.includes(reason)
  return {
    ...thread,
    turn: endsTurn ? { ...turn, interruptAsked: true } : turn,
    runtime: { ...runtime, state: "stopping", since, stopping },
  }
}

/** By these a person says of the running turn too that it shall end; a turn that comes after them is not meant. */
const endsTheTurn: readonly StopReason[] = ["stop", "archive", "delete"]
