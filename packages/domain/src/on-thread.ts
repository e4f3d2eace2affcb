// The checks that most verbs begin with: does the thread exist, may it be worked with, is this fact about its present runtime.
import type { ThreadId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import type { Decision } from "./decision.ts"
import { reject } from "./decision.ts"
import type { World } from "./state.ts"

type Verb = (thread: Thread) => Decision

/** For a person's verb: deleted threads are unknown. */
export const onThread = (world: World, threadId: ThreadId, verb: Verb): Decision => {
  const thread = world.thread(threadId)
  if (thread === undefined || thread.status === "deleted") return unknownThread(threadId)
  return verb(thread)
}

/** For a verb that needs a thread in use: archived ones are refused too. */
export const onActiveThread = (world: World, threadId: ThreadId, verb: Verb): Decision =>
  onThread(world, threadId, (thread) => (thread.status === "archived" ? archivedThread(thread) : verb(thread)))

/** For a fact about a runtime: true of archived and deleted threads too, but only of the generation that lives now. */
export const onGeneration = (world: World, fact: { threadId: ThreadId; generation: number }, verb: Verb): Decision => {
  const thread = world.thread(fact.threadId)
  if (thread === undefined) return unknownThread(fact.threadId)
  if (thread.runtime.generation === fact.generation) return verb(thread)
  return reject(
    "stale-generation",
    `Thread “${thread.title}” is at generation ${thread.runtime.generation}; what generation ${fact.generation} reports is dropped.`,
  )
}

export const unknownThread = (threadId: ThreadId): Decision =>
  reject("unknown-thread", `There is no thread ${threadId}; nothing was changed.`)

export const archivedThread = (thread: Thread): Decision =>
  reject("archived-thread", `Thread “${thread.title}” is archived; unarchive it first. It stays as it is.`)
