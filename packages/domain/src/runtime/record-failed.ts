// A runtime could not be started, or the record of what it had started is lost: its turn fails, the queue is held.
import type { ThreadEvent } from "@corral/contracts/event"
import type { Millis } from "@corral/contracts/ids"
import type { RecordFailed, Runtime, RuntimeFailed } from "@corral/contracts/runtime"
import type { CurrentTurn, Thread } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import type { World } from "../state.ts"
import { closedRequests } from "../turn/answer.ts"
import { wasLaunched } from "./launched.ts"

export const decideRecordFailed = (world: World, { threadId, generation, error }: RecordFailed): Decision =>
  onGeneration(world, { threadId, generation }, (thread) => {
    const { turn, runtime } = thread
    const events: ThreadEvent[] = [{ _tag: "runtime.failed", threadId, generation, error }, ...closedRequests(thread)]
    if (turn !== null) events.push({ _tag: "turn.completed", threadId, turnId: turn.turnId, usage: null, ...endOf(turn, runtime, error) })
    return accept(events)
  })

export const evolveRuntimeFailed = (thread: Thread, { error }: RuntimeFailed, at: Millis): Thread => {
  const over = { state: "asleep", treeId: null, tier: null, keptUntil: null, background: [], stopping: null } as const
  // Where a stop came first, not starting is what was wanted; that what had started was never seen gone is not.
  const isWanted = thread.runtime.state === "stopping" && !wasLaunched(thread.runtime)
  const lastError = isWanted ? thread.lastError : error
  return { ...thread, lastError, runtime: { ...thread.runtime, ...over, since: at } }
}

const endOf = ({ interruptAsked }: CurrentTurn, runtime: Runtime, error: string) =>
  interruptAsked
    ? ({ outcome: "interrupted", error: wasLaunched(runtime) ? error : null } as const)
    : ({ outcome: "failed", error } as const)
