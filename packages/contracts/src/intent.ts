// What a decision asks of the world. Delivered in order per thread until settled, again after a crash: a hand must bear being asked twice.
import * as Schema from "effect/Schema"
import { StopReason } from "./certificate.ts"
import { RequestId, ThreadId, TurnId } from "./ids.ts"
import { Answer } from "./turn.ts"

const askedBy = Schema.optionalKey(Schema.String)

/** `askedBy`: whose order it comes from; absent: the server's own fact. */
export const Intent = Schema.Union([
  /** Wake the runtime if it sleeps and give the turn to the agent. */
  Schema.TaggedStruct("turn.start", { threadId: ThreadId, turnId: TurnId, askedBy }),
  Schema.TaggedStruct("turn.interrupt", { threadId: ThreadId, turnId: TurnId }),
  Schema.TaggedStruct("turn.answer", { threadId: ThreadId, requestId: RequestId, answer: Answer }),
  Schema.TaggedStruct("runtime.wake", { threadId: ThreadId, askedBy }),
  /** Bring the live process to the thread's config. */
  Schema.TaggedStruct("runtime.tune", { threadId: ThreadId, askedBy }),
  /** Overtakes whatever hand is at work for this thread. */
  Schema.TaggedStruct("runtime.stop", { threadId: ThreadId, reason: StopReason, askedBy }),
  /** Drop the transcript of a deleted thread; comes after its stop. */
  Schema.TaggedStruct("thread.delete", { threadId: ThreadId }),
])
export type Intent = typeof Intent.Type
