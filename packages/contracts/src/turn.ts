// A turn is one request and its answer; its rows make the transcript.
import * as Schema from "effect/Schema"
import { ItemId, Millis, RequestId, ThreadId, TurnId } from "./ids.ts"

// ---- rows of a transcript

/** Agent's prose or thinking. `done` false: more will come. */
const Said = { itemId: ItemId, turnId: Schema.NullOr(TurnId), at: Millis, text: Schema.String, done: Schema.Boolean }

export const ToolStatus = Schema.Literals(["running", "done", "failed", "denied", "lost"])
export type ToolStatus = typeof ToolStatus.Type

/** What a tool does, for its icon and summary. */
export const ToolKind = Schema.Literals(["command", "read", "edit", "search", "fetch", "agent", "other"])
export type ToolKind = typeof ToolKind.Type

/** `title` is one line for the row (a command, a path). `input` is what the agent gave, as text (JSON or the command itself). */
const ToolFields = {
  itemId: ItemId,
  turnId: Schema.NullOr(TurnId),
  at: Millis,
  name: Schema.String,
  kind: ToolKind,
  title: Schema.String,
  input: Schema.String,
  parent: Schema.NullOr(ItemId),
}

export const NoticeLevel = Schema.Literals(["info", "warning", "error"])
export type NoticeLevel = typeof NoticeLevel.Type

/** Something the thread must tell: an error, a retry, a compaction, a finished background task, what a sleep lost. */
const NoticeFields = {
  itemId: ItemId,
  turnId: Schema.NullOr(TurnId),
  at: Millis,
  level: NoticeLevel,
  text: Schema.String,
  detail: Schema.NullOr(Schema.String),
}

/** Steps of a plan as the agent keeps them; a later one with the same id replaces it. */
const PlanFields = {
  itemId: ItemId,
  turnId: Schema.NullOr(TurnId),
  at: Millis,
  entries: Schema.Array(Schema.Struct({ text: Schema.String, state: Schema.Literals(["pending", "active", "done"]) })),
}

/** One row. `user` carries the id of its turn as `itemId`; `stopped` is a certificate's mark in the conversation. */
export const Row = Schema.Union([
  Schema.TaggedStruct("user", { itemId: ItemId, turnId: TurnId, at: Millis, text: Schema.String }),
  Schema.TaggedStruct("text", Said),
  Schema.TaggedStruct("thinking", Said),
  Schema.TaggedStruct("tool", {
    ...ToolFields,
    status: ToolStatus,
    output: Schema.String,
    /** Length of the whole input and output where this copy is cut at `maxInlineChars`; else null. */
    cutChars: Schema.NullOr(Schema.Int),
    endedAt: Schema.NullOr(Millis),
  }),
  Schema.TaggedStruct("plan", PlanFields),
  Schema.TaggedStruct("notice", NoticeFields),
  Schema.TaggedStruct("stopped", {
    itemId: ItemId,
    at: Millis,
    reason: Schema.String,
    certificateId: Schema.String,
    freedBytes: Schema.Int,
    left: Schema.Int,
    outcome: Schema.String,
    unseen: Schema.optionalKey(Schema.String),
    ended: Schema.optionalKey(Schema.Array(Schema.String)),
  }),
  Schema.TaggedStruct("ended", {
    itemId: ItemId,
    turnId: TurnId,
    at: Millis,
    outcome: Schema.Literals(["completed", "interrupted", "failed"]),
    error: Schema.NullOr(Schema.String),
    millis: Schema.Int,
  }),
])
export type Row = typeof Row.Type

// ---- requests: approvals and questions

export const Question = Schema.Struct({
  question: Schema.String,
  header: Schema.String,
  options: Schema.Array(Schema.Struct({ label: Schema.String, description: Schema.String })),
  multiSelect: Schema.Boolean,
})
export type Question = typeof Question.Type

/** `subject`: the thing itself (the exact command, the diff, the plan). `always`: what "allow always" would cover, in words; null: not offered. */
export const Request = Schema.Struct({
  requestId: RequestId,
  turnId: Schema.NullOr(TurnId),
  kind: Schema.Literals(["command", "edit", "tool", "plan", "question"]),
  toolName: Schema.String,
  subject: Schema.String,
  cwd: Schema.NullOr(Schema.String),
  always: Schema.NullOr(Schema.String),
  questions: Schema.Array(Question),
  openedAt: Millis,
})
export type Request = typeof Request.Type

/** `answers` maps a question to its chosen label(s) or free text. `text` goes to the agent with a denial. */
export const Answer = Schema.Struct({
  decision: Schema.Literals(["allow", "always", "deny"]),
  text: Schema.NullOr(Schema.String),
  answers: Schema.Record(Schema.String, Schema.String),
})
export type Answer = typeof Answer.Type

// ---- use of tokens and money

/**
 * Of one turn, except `costUsd`: what the session has cost so far, as the agent reports it (it carries over a resume: never add it up).
 * `cacheMillis`: for how long after the turn the provider keeps its context cached; absent: not at all, or the agent does not tell.
 */
export const Usage = Schema.Struct({
  inputTokens: Schema.Int,
  outputTokens: Schema.Int,
  contextTokens: Schema.NullOr(Schema.Int),
  contextWindow: Schema.NullOr(Schema.Int),
  costUsd: Schema.NullOr(Schema.Finite),
  cacheMillis: Schema.optionalKey(Schema.Int),
})
export type Usage = typeof Usage.Type

export const TurnOutcome = Schema.Literals(["completed", "interrupted", "failed"])
export type TurnOutcome = typeof TurnOutcome.Type

// ---- commands

/** `whenBusy`: what to do while another turn runs. Second time with the same turn id: rejected as `duplicate-id`. */
export const StartTurn = Schema.TaggedStruct("turn.start", {
  threadId: ThreadId,
  turnId: TurnId,
  text: Schema.String,
  whenBusy: Schema.Literals(["queue", "refuse"]),
})
export type StartTurn = typeof StartTurn.Type

/** A running turn is interrupted, a queued one is taken out of the queue. */
export const InterruptTurn = Schema.TaggedStruct("turn.interrupt", { threadId: ThreadId, turnId: TurnId })
export type InterruptTurn = typeof InterruptTurn.Type

/** A request can be answered once; later answers are rejected as `unknown-request`. */
export const AnswerTurn = Schema.TaggedStruct("turn.answer", { threadId: ThreadId, requestId: RequestId, answer: Answer })
export type AnswerTurn = typeof AnswerTurn.Type

// ---- commands of the server's own hands; refused from a client

/** The agent has taken the text. */
export const RecordSent = Schema.TaggedStruct("turn.record-sent", { threadId: ThreadId, turnId: TurnId, generation: Schema.Int })
export type RecordSent = typeof RecordSent.Type

/** Length of the whole where a copy on its way to a client is cut at `maxInlineChars`; absent in the store and where nothing is cut. */
const cutChars = Schema.optionalKey(Schema.Int)

/** What an agent did, in whole pieces. Pieces of an older generation are dropped as `stale-generation`. */
export const Piece = Schema.Union([
  /** Text appended at `offset` (UTF-16) of its row; `done` closes the row. */
  Schema.TaggedStruct("text", {
    itemId: ItemId,
    turnId: Schema.NullOr(TurnId),
    offset: Schema.Int,
    text: Schema.String,
    done: Schema.Boolean,
  }),
  Schema.TaggedStruct("thinking", {
    itemId: ItemId,
    turnId: Schema.NullOr(TurnId),
    offset: Schema.Int,
    text: Schema.String,
    done: Schema.Boolean,
  }),
  Schema.TaggedStruct("tool-started", {
    itemId: ItemId,
    turnId: Schema.NullOr(TurnId),
    name: Schema.String,
    kind: ToolKind,
    title: Schema.String,
    input: Schema.String,
    parent: Schema.NullOr(ItemId),
    cutChars,
  }),
  Schema.TaggedStruct("tool-ended", { itemId: ItemId, status: ToolStatus, output: Schema.String, cutChars }),
  Schema.TaggedStruct("plan", { itemId: ItemId, turnId: Schema.NullOr(TurnId), entries: PlanFields.entries }),
  Schema.TaggedStruct("notice", {
    itemId: ItemId,
    turnId: Schema.NullOr(TurnId),
    level: NoticeLevel,
    text: Schema.String,
    detail: Schema.NullOr(Schema.String),
  }),
])
export type Piece = typeof Piece.Type

export const RecordTurn = Schema.TaggedStruct("turn.record", { threadId: ThreadId, generation: Schema.Int, pieces: Schema.Array(Piece) })
export type RecordTurn = typeof RecordTurn.Type

export const RecordRequest = Schema.TaggedStruct("turn.record-request", { threadId: ThreadId, generation: Schema.Int, request: Request })
export type RecordRequest = typeof RecordRequest.Type

/** The agent withdrew a request, or it can no longer be answered. */
export const RecordWithdrawn = Schema.TaggedStruct("turn.record-withdrawn", {
  threadId: ThreadId,
  generation: Schema.Int,
  requestId: RequestId,
})
export type RecordWithdrawn = typeof RecordWithdrawn.Type

/** The running turn ended. A turn that the agent began by itself (a finished background task) has no id of ours: `turnId` null only adds usage. */
export const CompleteTurn = Schema.TaggedStruct("turn.complete", {
  threadId: ThreadId,
  turnId: Schema.NullOr(TurnId),
  generation: Schema.Int,
  outcome: TurnOutcome,
  error: Schema.NullOr(Schema.String),
  usage: Schema.NullOr(Usage),
})
export type CompleteTurn = typeof CompleteTurn.Type

// ---- events

export const TurnQueued = Schema.TaggedStruct("turn.queued", { threadId: ThreadId, turnId: TurnId, text: Schema.String })
export type TurnQueued = typeof TurnQueued.Type

/** `text` is empty where the turn was queued before: `turn.queued` has it. */
export const TurnStarted = Schema.TaggedStruct("turn.started", { threadId: ThreadId, turnId: TurnId, text: Schema.String })
export type TurnStarted = typeof TurnStarted.Type

export const TurnWithdrawn = Schema.TaggedStruct("turn.withdrawn", { threadId: ThreadId, turnId: TurnId })
export type TurnWithdrawn = typeof TurnWithdrawn.Type

export const TurnSent = Schema.TaggedStruct("turn.sent", { threadId: ThreadId, turnId: TurnId })
export type TurnSent = typeof TurnSent.Type

export const TurnInterruptAsked = Schema.TaggedStruct("turn.interrupt-asked", { threadId: ThreadId, turnId: TurnId })
export type TurnInterruptAsked = typeof TurnInterruptAsked.Type

export const TurnRecorded = Schema.TaggedStruct("turn.recorded", { threadId: ThreadId, pieces: Schema.Array(Piece) })
export type TurnRecorded = typeof TurnRecorded.Type

export const RequestOpened = Schema.TaggedStruct("turn.request-opened", { threadId: ThreadId, request: Request })
export type RequestOpened = typeof RequestOpened.Type

/** `answer` null: withdrawn by the agent, or lost with its process. */
export const RequestClosed = Schema.TaggedStruct("turn.request-closed", {
  threadId: ThreadId,
  requestId: RequestId,
  answer: Schema.NullOr(Answer),
})
export type RequestClosed = typeof RequestClosed.Type

export const TurnCompleted = Schema.TaggedStruct("turn.completed", {
  threadId: ThreadId,
  turnId: Schema.NullOr(TurnId),
  outcome: TurnOutcome,
  error: Schema.NullOr(Schema.String),
  usage: Schema.NullOr(Usage),
})
export type TurnCompleted = typeof TurnCompleted.Type
