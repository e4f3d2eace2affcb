// One thread as it is now.
import type { ThreadId } from "@corral/contracts/ids"
import * as Effect from "effect/Effect"
import { Engine } from "../../engine/engine.ts"
import { refuse } from "../refusal.ts"

/** Deleted ones are gone for every client, also while their processes are still being stopped. */
export const oneThread = Effect.fnUntraced(function* (threadId: ThreadId) {
  const thread = (yield* Engine).thread(threadId)
  if (thread !== undefined && thread.status !== "deleted") return thread
  return yield* refuse("NotFound", `There is no thread ${threadId}.`)
})
