// The live process is brought to the thread's config; what it cannot change in place is by replace: stop first, the next wake uses it.
import type { ThreadId } from "@corral/contracts/ids"
import * as Effect from "effect/Effect"
import { Engine } from "../engine/engine.ts"
import { LiveSessions } from "./live.ts"
import { stopRuntime } from "./stop.ts"

/** Asleep: void, the next wake uses the config. Asked twice: the same config again. */
export const tuneRuntime = Effect.fn("runtime.tune")(function* (threadId: ThreadId, askedBy?: string) {
  const thread = (yield* Engine).thread(threadId)
  const live = (yield* LiveSessions).get(threadId)
  if (thread === undefined || live === undefined) return
  const tuned = yield* live.session.tune(thread.config).pipe(Effect.catchTag("AgentFailed", () => Effect.succeed("replace" as const)))
  if (tuned === "replace") yield* stopRuntime(threadId, "replace", askedBy)
})
