// A launch is about to begin: written down before there is a process, and refused where there may not be one.
import type { Millis } from "@corral/contracts/ids"
import type { RecordWaking, RuntimeState, RuntimeWaking } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { onActiveThread } from "../on-thread.ts"
import type { World } from "../state.ts"

/** `waking` too: the hand tries again after a crash between this fact and the launch, once it has seen the former tree gone. */
const wakeable: readonly RuntimeState[] = ["asleep", "waking"]

export const decideRecordWaking = (world: World, command: RecordWaking): Decision =>
  onActiveThread(world, command.threadId, ({ threadId, title, runtime }) => {
    const { generation, treeId, cause } = command
    if (generation !== runtime.generation + 1)
      return reject("stale-generation", `Thread “${title}” is at generation ${runtime.generation}; ${generation} is not its next one.`)
    if (!wakeable.includes(runtime.state))
      return reject("stale-generation", `Thread “${title}” is ${runtime.state}; a second agent is not started for it.`)
    return accept([{ _tag: "runtime.waking", threadId, generation, treeId, ...(cause && { cause }) }])
  })

export const evolveRuntimeWaking = (thread: Thread, { generation, treeId, cause }: RuntimeWaking, at: Millis): Thread => {
  const { woken: _, ...before } = thread.runtime
  const fresh = { tier: null, keptUntil: null, background: [], stopping: null, ...(cause && { woken: { at, ...cause } }) }
  return { ...thread, runtime: { ...before, ...fresh, state: "waking", generation, treeId, since: at } }
}
