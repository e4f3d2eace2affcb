// What happened. Every event type that was ever written stays here and decodable (fixtures hold that).
import * as Schema from "effect/Schema"
import { Millis } from "./ids.ts"
import { ProjectAdded, ProjectRemoved, ProjectRenamed } from "./project.ts"
import {
  BackgroundChanged,
  RuntimeFailed,
  RuntimeKept,
  RuntimeStarted,
  RuntimeStopped,
  RuntimeStopping,
  RuntimeWaking,
  SessionNamed,
} from "./runtime.ts"
import { ThreadArchived, ThreadCreated, ThreadDeleted, ThreadRenamed, ThreadSet, ThreadUnarchived } from "./thread.ts"
import {
  RequestClosed,
  RequestOpened,
  TurnCompleted,
  TurnInterruptAsked,
  TurnQueued,
  TurnRecorded,
  TurnSent,
  TurnStarted,
  TurnWithdrawn,
} from "./turn.ts"

export const ProjectEvent = Schema.Union([ProjectAdded, ProjectRenamed, ProjectRemoved])
export type ProjectEvent = typeof ProjectEvent.Type

export const ThreadEvent = Schema.Union([
  ThreadCreated,
  ThreadRenamed,
  ThreadSet,
  ThreadArchived,
  ThreadUnarchived,
  ThreadDeleted,
  TurnQueued,
  TurnStarted,
  TurnWithdrawn,
  TurnSent,
  TurnInterruptAsked,
  TurnRecorded,
  RequestOpened,
  RequestClosed,
  TurnCompleted,
  RuntimeWaking,
  RuntimeStarted,
  SessionNamed,
  BackgroundChanged,
  RuntimeKept,
  RuntimeStopping,
  RuntimeFailed,
  RuntimeStopped,
])
export type ThreadEvent = typeof ThreadEvent.Type

export const Event = Schema.Union([...ProjectEvent.members, ...ThreadEvent.members])
export type Event = typeof Event.Type

/** An event with its place in the one ordered log and its time. */
export const Stored = Schema.Struct({ seq: Schema.Int, at: Millis, event: Event })
export type Stored = typeof Stored.Type
