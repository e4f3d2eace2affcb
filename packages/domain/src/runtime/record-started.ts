// The agent runs and has shaken hands.
import type { Millis } from "@corral/contracts/ids"
import type { RecordStarted, RuntimeStarted } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import type { World } from "../state.ts"

export const decideRecordStarted = (world: World, command: RecordStarted): Decision =>
  onGeneration(world, command, ({ title, runtime }) =>
    runtime.treeId === command.treeId
      ? accept([{ ...command, _tag: "runtime.started" }])
      : reject("stale-generation", `Thread “${title}” no longer waits for tree ${command.treeId}; that it runs is not believed.`),
  )

/** A thread that was archived meanwhile is `stopping` and stays so. */
export const evolveRuntimeStarted = (thread: Thread, { treeId, tier }: RuntimeStarted, at: Millis): Thread => {
  const { runtime, turn } = thread
  if (runtime.state !== "waking") return runtime.tier === tier ? thread : { ...thread, runtime: { ...runtime, tier } }
  return { ...thread, runtime: { ...runtime, state: turn === null ? "idle" : "busy", treeId, tier, since: at } }
}
