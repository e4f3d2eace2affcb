// The public API: one WebSocket at `/rpc`, JSON text frames, at most `maxFrameBytes` each. The web app and the CLI use nothing else.
//
//   server → client, once   { hello: Hello }
//   client → server         { id, call: <method>, with: <payload> }         answered by { id, ok } or { id, error: Refusal }
//   client → server         { id, watch: <stream>, with: <payload> }        answered by { id, item } …, then { id, end: Refusal | null }
//   client → server         { id, unwatch: true }                           ends a stream; answered by { id, end: null }
//
// A bad frame is answered by { id: <its id or null>, error } and the connection lives on. Ids are the client's, unique per connection.
// A slow client is never queued for without bound: what its streams tell meanwhile is dropped, then they begin anew (`shell` and `thread`
// with a fresh `snapshot`).
import * as Schema from "effect/Schema"
import { Certificate, StopReason } from "./certificate.ts"
import { Dispatch } from "./command.ts"
import { Stored } from "./event.ts"
import { ItemId, Millis, ProjectId, SessionId, ThreadId, TurnId } from "./ids.ts"
import { maxNamed } from "./limits.ts"
import { MemoryPast, MemoryRange } from "./memory-past.ts"
import { Project } from "./project.ts"
import { Provider } from "./provider.ts"
import { Receipt } from "./receipt.ts"
import { EndReport, Named, PlannedEnd, Survey } from "./survey.ts"
import { Thread, ThreadSummary } from "./thread.ts"
import { Count, Processes } from "./tree.ts"
import { Row } from "./turn.ts"

/** `epoch` changes with each start of the server: live text of another epoch is void. */
export const Hello = Schema.Struct({ version: Schema.Int, server: Schema.String, epoch: Schema.String, startedAt: Millis })
export type Hello = typeof Hello.Type

/** Why a frame or call was refused. `message` names the thing and the next step. */
export const Refusal = Schema.Struct({
  tag: Schema.Literals([
    "BadFrame",
    "FrameTooLarge",
    "UnknownMethod",
    "BadPayload",
    "NotFound",
    "Unavailable",
    "Defect",
    "WrongVersion",
    "Unauthorized",
  ]),
  message: Schema.String,
})
export type Refusal = typeof Refusal.Type

// ---- calls

/** One step of `corral status`; `problem` names what is wrong and the next step. */
export const Status = Schema.Struct({
  version: Schema.String,
  home: Schema.String,
  address: Schema.String,
  pid: Schema.Int,
  startedAt: Millis,
  /** Null: it could not be told. */
  memoryBytes: Schema.NullOr(Schema.Int),
  threads: Schema.Int,
  awake: Schema.Int,
  idleMillis: Schema.Int,
  holdMillis: Schema.Int,
  /** Below this share of free memory idle sessions sleep early; 0: never. */
  memoryFloorPercent: Schema.Int,
  /** A running turn of which nothing is heard and whose tree uses no processor for so long is shown as stalled; 0: never. */
  stallMillis: Schema.Int,
  /** Most sessions awake at once; 0: as many as memory allows. */
  mostAwake: Schema.Int,
  /** The most memory that one session may hold; 0: as much as it wants. */
  memoryLimitBytes: Schema.Int,
  /** Threads that are to wake and wait in line. */
  waiting: Schema.Int,
  supervisor: Schema.NullOr(Schema.Struct({ pid: Schema.Int, startedAt: Millis, tier: Schema.String, watcherArmed: Schema.Boolean })),
  problems: Schema.Array(Schema.String),
})
export type Status = typeof Status.Type

export const SweepResult = Schema.Struct({
  checkedAt: Millis,
  complete: Schema.Boolean,
  ended: Schema.Int,
  strays: Schema.Int,
  certificates: Schema.Array(Certificate),
})
export type SweepResult = typeof SweepResult.Type

/** `threads`: whose sessions are among the found, as far as they are threads of this home. */
export const SurveyHere = Schema.Struct({
  ...Survey.fields,
  threads: Schema.Array(Schema.Struct({ session: SessionId, threadId: ThreadId, title: Schema.String })),
})
export type SurveyHere = typeof SurveyHere.Type

const Folder = Schema.Struct({ name: Schema.String, path: Schema.String, git: Schema.Boolean })

/** Every call: what it takes, what it gives. A refusal is always a `Refusal`. */
export const calls = {
  /** Durable when answered. The same command id with the same content gives the same receipt. */
  dispatch: { takes: Dispatch, gives: Receipt },
  status: { takes: Schema.Struct({}), gives: Status },
  /** Newest first by `touchedAt`; `before`: the `touchedAt` and id of the last one seen. */
  threads: {
    takes: Schema.Struct({
      status: Schema.Literals(["active", "archived"]),
      projectId: Schema.NullOr(ProjectId),
      before: Schema.NullOr(Schema.Struct({ touchedAt: Millis, threadId: ThreadId })),
      limit: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 500 })),
    }),
    gives: Schema.Struct({ threads: Schema.Array(ThreadSummary), total: Schema.Int }),
  },
  projects: { takes: Schema.Struct({}), gives: Schema.Array(Project) },
  thread: { takes: Schema.Struct({ threadId: ThreadId }), gives: Thread },
  /** Rows before `before` (a row's `place`), oldest first; null: the last ones. `more`: there are older ones. */
  rows: {
    takes: Schema.Struct({
      threadId: ThreadId,
      before: Schema.NullOr(Schema.Int),
      limit: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 500 })),
    }),
    gives: Schema.Struct({ rows: Schema.Array(Schema.Struct({ place: Schema.Int, row: Row })), more: Schema.Boolean }),
  },
  /** One row whole, where a page carried it cut. */
  row: { takes: Schema.Struct({ threadId: ThreadId, itemId: ItemId }), gives: Row },
  providers: { takes: Schema.Struct({ refresh: Schema.Boolean }), gives: Schema.Array(Provider) },
  /** Folders inside `path` (null: the person's home), for choosing a project. */
  folders: {
    takes: Schema.Struct({ path: Schema.NullOr(Schema.String) }),
    gives: Schema.Struct({ path: Schema.String, parent: Schema.NullOr(Schema.String), folders: Schema.Array(Folder) }),
  },
  /** A fresh look at the machine. `threadId` null: every tree, strays too. */
  processes: { takes: Schema.Struct({ threadId: Schema.NullOr(ThreadId) }), gives: Processes },
  count: { takes: Schema.Struct({}), gives: Count },
  /** Memory by session as it was. Nothing is looked at for it; while something runs a look is made each minute, and each that somebody asks for is kept. */
  memoryHistory: { takes: Schema.Struct({ range: MemoryRange }), gives: MemoryPast },
  /** Newest first. `since`: ended at or after. */
  certificates: {
    takes: Schema.Struct({
      threadId: Schema.NullOr(ThreadId),
      since: Schema.NullOr(Millis),
      before: Schema.NullOr(Millis),
      reason: Schema.NullOr(StopReason),
      limit: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 })),
    }),
    gives: Schema.Array(Certificate),
  },
  certificate: { takes: Schema.Struct({ certificateId: Schema.String }), gives: Certificate },
  /**
   * Somebody has seen it and waits on: the clock of a stalled turn begins anew, a session over its memory limit may hold what it wants for as
   * long as it is awake. Neither stalled nor over: nothing happens. Never stored.
   */
  waitOn: { takes: Schema.Struct({ threadId: ThreadId }), gives: Schema.Struct({}) },
  /** A thread that waits in line wakes now, though memory is short or as many are awake as may be. Not in line: nothing happens. */
  admit: { takes: Schema.Struct({ threadId: ThreadId }), gives: Schema.Struct({}) },
  /** Ledger against reality, now: strays are ended, stuck trees tried again. */
  sweep: { takes: Schema.Struct({}), gives: SweepResult },
  /** A fresh look at the whole machine: every coding agent and MCP server, Corral's or not. It takes a part of a second. */
  survey: { takes: Schema.Struct({}), gives: SurveyHere },
  /** What would end with the named, or why nothing of it may. Nothing is ended. Each time it is another plan; only the newest few are kept. */
  planEnd: {
    takes: Schema.Struct({ named: Schema.Array(Named).check(Schema.isMinLength(1), Schema.isMaxLength(maxNamed)) }),
    gives: PlannedEnd,
  },
  /**
   * Ends what the plan has shown, and nobody else but what these have started since. `NotFound`: no such plan waits (any more). Second
   * time: the same report.
   */
  end: { takes: Schema.Struct({ planId: Schema.String }), gives: EndReport },
  /** A link that signs one browser in, once, within ten minutes. */
  link: { takes: Schema.Struct({}), gives: Schema.Struct({ url: Schema.String }) },
  /**
   * Ends the server. `stop`: every session with it, with certificates. `restart`: the supervisor holds them for the hold time; a server
   * that comes within it takes over what it can and stops the rest, as `server-lost`.
   */
  shutdown: {
    takes: Schema.Struct({ how: Schema.Literals(["stop", "restart"]), now: Schema.Boolean }),
    gives: Schema.Struct({ stopped: Schema.Int, left: Schema.Int }),
  },
} as const
export type Calls = {
  readonly [M in keyof typeof calls]: { takes: (typeof calls)[M]["takes"]["Type"]; gives: (typeof calls)[M]["gives"]["Type"] }
}
export type Method = keyof Calls

// ---- streams

/** A piece of text on its way: append at `offset` (UTF-16) of the row. Never stored; the whole text follows as an event. */
export const Live = Schema.Struct({
  itemId: ItemId,
  turnId: Schema.NullOr(TurnId),
  kind: Schema.Literals(["text", "thinking", "output"]),
  offset: Schema.Int,
  text: Schema.String,
})
export type Live = typeof Live.Type

/** First item: `snapshot`; then `changed`. After falling behind or a gap: `snapshot` again. */
export const ShellItem = Schema.Union([
  Schema.TaggedStruct("snapshot", {
    seq: Schema.Int,
    projects: Schema.Array(Project),
    /** Active threads, newest first, the first page, and every thread that is awake, waits or is queued for. */
    threads: Schema.Array(ThreadSummary),
    active: Schema.Int,
    archived: Schema.Int,
    /** Which agents can be used is part of the first screen. */
    providers: Schema.Array(Provider),
  }),
  Schema.TaggedStruct("changed", {
    seq: Schema.Int,
    projects: Schema.NullOr(Schema.Array(Project)),
    threads: Schema.Array(ThreadSummary),
    active: Schema.Int,
    archived: Schema.Int,
    providers: Schema.NullOr(Schema.Array(Provider)),
  }),
])
export type ShellItem = typeof ShellItem.Type

/** First item: `snapshot`, or `events` where `after` could be continued. `live` of the snapshot: open rows as far as they have come. */
export const ThreadItem = Schema.Union([
  Schema.TaggedStruct("snapshot", {
    seq: Schema.Int,
    thread: Thread,
    rows: Schema.Array(Schema.Struct({ place: Schema.Int, row: Row })),
    more: Schema.Boolean,
    live: Schema.Array(Live),
  }),
  Schema.TaggedStruct("events", { seq: Schema.Int, events: Schema.Array(Stored) }),
  Schema.TaggedStruct("live", { pieces: Schema.Array(Live) }),
  Schema.TaggedStruct("gone", {}),
])
export type ThreadItem = typeof ThreadItem.Type

/** Every stream: what it takes, what its items are. */
export const streams = {
  /** Projects, the thread list and which agents there are. */
  shell: { takes: Schema.Struct({}), item: ShellItem },
  /** One thread. `after`: the last seq the client has of it, within the same epoch; null: from a snapshot. */
  thread: { takes: Schema.Struct({ threadId: ThreadId, after: Schema.NullOr(Schema.Int) }), item: ThreadItem },
  /** Every process once a second while somebody watches; nothing is sampled otherwise. */
  vitals: { takes: Schema.Struct({}), item: Processes },
  /** Certificates as they are written. */
  certificates: { takes: Schema.Struct({}), item: Certificate },
} as const
export type Streams = {
  readonly [S in keyof typeof streams]: { takes: (typeof streams)[S]["takes"]["Type"]; item: (typeof streams)[S]["item"]["Type"] }
}
export type StreamName = keyof Streams

// ---- frames

export type ClientFrame =
  | { readonly id: number; readonly call: string; readonly with: unknown }
  | { readonly id: number; readonly watch: string; readonly with: unknown }
  | { readonly id: number; readonly unwatch: true }

export type ServerFrame =
  | { readonly hello: Hello }
  | { readonly id: number; readonly ok: unknown }
  | { readonly id: number | null; readonly error: Refusal }
  | { readonly id: number; readonly item: unknown }
  | { readonly id: number; readonly end: Refusal | null }
