// A thread goes for good: its session is stopped first, and once that is proved its transcript is dropped.
import type { Millis } from "@corral/contracts/ids"
import type { DeleteThread, Thread } from "@corral/contracts/thread"
import type { Decision, Consequence } from "../decision.ts"
import { accept } from "../decision.ts"
import { onThread } from "../on-thread.ts"
import { stopOf } from "../runtime/stop.ts"
import type { World } from "../state.ts"

export const decideDeleteThread = (world: World, command: DeleteThread): Decision =>
  onThread(world, command.threadId, (thread) => {
    const deletion = deletionOf(thread)
    return accept(deletion.events, deletion.intents)
  })

/** What deleting this thread means; removing its project means the same. */
export const deletionOf = (thread: Thread): Consequence => {
  const { threadId } = thread
  const stop = stopOf(thread, "delete")
  return { events: [{ _tag: "thread.deleted", threadId }, ...stop.events], intents: [...stop.intents, { _tag: "thread.delete", threadId }] }
}

export const evolveThreadDeleted = (thread: Thread, at: Millis): Thread => ({ ...thread, status: "deleted", touchedAt: at })
