// A thread is put away: the stop of its session is asked for always, also when nothing seems to run. What is queued is kept and held.
import type { Millis } from "@corral/contracts/ids"
import type { ArchiveThread, Thread } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onActiveThread } from "../on-thread.ts"
import { stopOf } from "../runtime/stop.ts"
import type { World } from "../state.ts"

export const decideArchiveThread = (world: World, command: ArchiveThread): Decision =>
  onActiveThread(world, command.threadId, (thread) => {
    const stop = stopOf(thread, "archive")
    return accept([{ _tag: "thread.archived", threadId: thread.threadId }, ...stop.events], stop.intents)
  })

export const evolveThreadArchived = (thread: Thread, at: Millis): Thread => ({ ...thread, status: "archived", touchedAt: at })
