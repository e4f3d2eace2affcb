// A thread comes back from the archive, asleep.
import type { Millis } from "@corral/contracts/ids"
import type { Thread, UnarchiveThread } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { onThread } from "../on-thread.ts"
import type { World } from "../state.ts"

export const decideUnarchiveThread = (world: World, command: UnarchiveThread): Decision =>
  onThread(world, command.threadId, ({ threadId, status, title }) =>
    status === "archived"
      ? accept([{ _tag: "thread.unarchived", threadId }])
      : reject("not-archived", `Thread “${title}” is not archived; it stays as it is.`),
  )

export const evolveThreadUnarchived = (thread: Thread, at: Millis): Thread => ({ ...thread, status: "active", touchedAt: at })
