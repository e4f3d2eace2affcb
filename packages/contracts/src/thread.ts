// A thread: a durable conversation in a project. Its state, its short form for lists, commands and events of its verbs.
import * as Schema from "effect/Schema"
import { Millis, ProjectId, ThreadId, TurnId } from "./ids.ts"
import { Config, Mode } from "./provider.ts"
import { Runtime, Sight } from "./runtime.ts"
import { Request, TurnOutcome, Usage } from "./turn.ts"

export const ThreadStatus = Schema.Literals(["active", "archived", "deleted"])
export type ThreadStatus = typeof ThreadStatus.Type

/** `sent` false: accepted, on its way to the agent. `interruptAsked`: the stop button was pressed. Waiting = a request is open. */
export const CurrentTurn = Schema.Struct({
  turnId: TurnId,
  text: Schema.String,
  startedAt: Millis,
  sent: Schema.Boolean,
  interruptAsked: Schema.Boolean,
})
export type CurrentTurn = typeof CurrentTurn.Type

export const QueuedTurn = Schema.Struct({ turnId: TurnId, text: Schema.String, at: Millis })
export type QueuedTurn = typeof QueuedTurn.Type

/**
 * The whole state of a thread but its transcript: what decisions are made on, stored as one snapshot, sent with an opened thread.
 * `touchedAt`: the last change that matters to a person (lists sort by it). `queueHeld`: a failure stopped the queue. `warmUntil`: until then
 * the provider has the conversation cached; a process that resumes it may not find it so, and pay for reading it anew.
 */
export const Thread = Schema.Struct({
  threadId: ThreadId,
  projectId: ProjectId,
  title: Schema.String,
  status: ThreadStatus,
  config: Config,
  createdAt: Millis,
  touchedAt: Millis,
  turn: Schema.NullOr(CurrentTurn),
  queue: Schema.Array(QueuedTurn),
  queueHeld: Schema.Boolean,
  requests: Schema.Array(Request),
  runtime: Runtime,
  lastOutcome: Schema.NullOr(TurnOutcome),
  lastError: Schema.NullOr(Schema.String),
  usage: Schema.NullOr(Usage),
  turns: Schema.Int,
  warmUntil: Schema.optionalKey(Millis),
})
export type Thread = typeof Thread.Type

/** A row of the thread list: no bodies. `waiting`: the kind of the oldest open request. */
export const ThreadSummary = Schema.Struct({
  threadId: ThreadId,
  projectId: ProjectId,
  title: Schema.String,
  status: ThreadStatus,
  provider: Schema.String,
  touchedAt: Millis,
  runtime: Schema.String,
  busy: Schema.Boolean,
  waiting: Schema.NullOr(Schema.String),
  queued: Schema.Int,
  lastOutcome: Schema.NullOr(TurnOutcome),
  ...Sight.fields,
})
export type ThreadSummary = typeof ThreadSummary.Type

// ---- commands

/** `title` null: made from the first message. */
export const CreateThread = Schema.TaggedStruct("thread.create", {
  threadId: ThreadId,
  projectId: ProjectId,
  title: Schema.NullOr(Schema.String),
  config: Config,
})
export type CreateThread = typeof CreateThread.Type

export const RenameThread = Schema.TaggedStruct("thread.rename", { threadId: ThreadId, title: Schema.String })
export type RenameThread = typeof RenameThread.Type

/** Absent: as it was. `model`, `effort` null: the provider's default. Tunes the live process where the provider can, else replaces it. */
export const SetThread = Schema.TaggedStruct("thread.set", {
  threadId: ThreadId,
  provider: Schema.optionalKey(Config.fields.provider),
  model: Schema.optionalKey(Schema.NullOr(Schema.String)),
  effort: Schema.optionalKey(Schema.NullOr(Schema.String)),
  mode: Schema.optionalKey(Mode),
})
export type SetThread = typeof SetThread.Type

/**
 * Nothing may keep running for an archived thread: the supervisor is asked to stop its session, always, also where nothing seems to run. A
 * session of which it knows no tree has no certificate. Second time: rejected as `archived-thread`.
 */
export const ArchiveThread = Schema.TaggedStruct("thread.archive", { threadId: ThreadId })
export type ArchiveThread = typeof ArchiveThread.Type

export const UnarchiveThread = Schema.TaggedStruct("thread.unarchive", { threadId: ThreadId })
export type UnarchiveThread = typeof UnarchiveThread.Type

/**
 * For good: the session is stopped, the thread leaves every list. Its transcript is dropped once the stop is proved (or no tree is known);
 * with survivors it is owed, and kept, until they are seen gone.
 */
export const DeleteThread = Schema.TaggedStruct("thread.delete", { threadId: ThreadId })
export type DeleteThread = typeof DeleteThread.Type

// ---- events

export const ThreadCreated = Schema.TaggedStruct("thread.created", {
  threadId: ThreadId,
  projectId: ProjectId,
  title: Schema.String,
  config: Config,
})
export type ThreadCreated = typeof ThreadCreated.Type

export const ThreadRenamed = Schema.TaggedStruct("thread.renamed", { threadId: ThreadId, title: Schema.String })
export type ThreadRenamed = typeof ThreadRenamed.Type

export const ThreadSet = Schema.TaggedStruct("thread.was-set", { threadId: ThreadId, config: Config })
export type ThreadSet = typeof ThreadSet.Type

export const ThreadArchived = Schema.TaggedStruct("thread.archived", { threadId: ThreadId })
export type ThreadArchived = typeof ThreadArchived.Type

export const ThreadUnarchived = Schema.TaggedStruct("thread.unarchived", { threadId: ThreadId })
export type ThreadUnarchived = typeof ThreadUnarchived.Type

export const ThreadDeleted = Schema.TaggedStruct("thread.deleted", { threadId: ThreadId })
export type ThreadDeleted = typeof ThreadDeleted.Type
