// That a command was taken, durably, or why it was not.
import * as Schema from "effect/Schema"
import { CommandId } from "./ids.ts"

/** Why the domain says no. A value, never an exception; what was there before stays as it was. */
export const RejectionReason = Schema.Literals([
  "unknown-project",
  "duplicate-project",
  "bad-folder",
  "bad-name",
  "duplicate-id",
  "unknown-thread",
  "archived-thread",
  "not-archived",
  "bad-title",
  "unknown-provider",
  "provider-unavailable",
  "unknown-model",
  "unknown-effort",
  "unknown-mode",
  "empty-text",
  "text-too-long",
  "turn-already-running",
  "unknown-turn",
  "turn-not-running",
  "queue-full",
  "unknown-request",
  "bad-answer",
  "nothing-running",
  "bad-time",
  "stale-generation",
  "not-due",
  "command-id-reused",
])
export type RejectionReason = typeof RejectionReason.Type

/** `message` names what is wrong and what was kept, in a sentence for people. */
export const Rejection = Schema.Struct({ reason: RejectionReason, message: Schema.String })
export type Rejection = typeof Rejection.Type

/** `seq`: the last event this command made (or the store's last one, where it made none); it is on disk when the receipt is sent. */
export const Receipt = Schema.Union([
  Schema.TaggedStruct("accepted", { commandId: CommandId, seq: Schema.Int }),
  Schema.TaggedStruct("rejected", { commandId: CommandId, rejection: Rejection }),
])
export type Receipt = typeof Receipt.Type
