// A runtime could not be started: the turn that asked for it fails, the queue is held. What was launched was proved gone before.
import type { ThreadEvent } from "@corral/contracts/event"
import type { Millis } from "@corral/contracts/ids"
import type { RecordFailed, RuntimeFailed } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import type { World } from "../state.ts"
import { closedRequests } from "../turn/answer.ts"

export const decideRecordFailed = (world: World, { threadId, generation, error }: RecordFailed): Decision =>
  onGeneration(world, { threadId, generation }, (thread) => {
    const { turn } = thread
    const events: ThreadEvent[] = [{ _tag: "runtime.failed", threadId, generation, error }, ...closedRequests(thread)]
    if (turn !== null)
      events.push({ _tag: "turn.completed", threadId, turnId: turn.turnId, usage: null, ...endOf(turn.interruptAsked, error) })
    return accept(events)
  })

export const evolveRuntimeFailed = (thread: Thread, { error }: RuntimeFailed, at: Millis): Thread => {
  const over = { state: "asleep", treeId: null, tier: null, keptUntil: null, background: [], stopping: null } as const
  // Where a stop came first, not starting is what was wanted.
  const lastError = thread.runtime.state === "stopping" ? thread.lastError : error
  return { ...thread, lastError, runtime: { ...thread.runtime, ...over, since: at } }
}

const endOf = (interruptAsked: boolean, error: string) =>
  interruptAsked ? ({ outcome: "interrupted", error: null } as const) : ({ outcome: "failed", error } as const)
