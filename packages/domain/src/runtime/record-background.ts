// Work that goes on beside or after turns began or ended.
import type { Millis } from "@corral/contracts/ids"
import type { Background, BackgroundChanged, RecordBackground } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import type { World } from "../state.ts"
import { isHosted } from "./hosted.ts"

export const decideRecordBackground = (world: World, { threadId, generation, background }: RecordBackground): Decision =>
  onGeneration(world, { threadId, generation }, ({ runtime }) => {
    const isOver = !isHosted(runtime) || runtime.state === "stuck"
    const isSame =
      isOver || (background.length === runtime.background.length && background.every((task, i) => isSameTask(task, runtime.background[i])))
    return accept(isSame ? [] : [{ _tag: "runtime.background-changed", threadId, background }])
  })

/** The idle time counts from the end of the last work. */
export const evolveBackgroundChanged = (thread: Thread, { background }: BackgroundChanged, at: Millis): Thread => {
  const { runtime } = thread
  const since = runtime.state === "idle" && background.length === 0 ? at : runtime.since
  return { ...thread, runtime: { ...runtime, background, since } }
}

const isSameTask = (a: Background, b: Background | undefined) =>
  b !== undefined && a.taskId === b.taskId && a.kind === b.kind && a.title === b.title
