// What hosts a thread's session now, if anything. A thread lives for ever; its runtime comes and goes.
import * as Schema from "effect/Schema"
import { Certificate, StopReason, WakeCause, Woken } from "./certificate.ts"
import { Millis, ThreadId, TreeId } from "./ids.ts"

export const RuntimeState = Schema.Literals(["asleep", "waking", "idle", "busy", "stopping", "stuck"])
export type RuntimeState = typeof RuntimeState.Type

/** Work that goes on after a turn: a background shell, a subagent, a monitor. */
export const Background = Schema.Struct({ taskId: Schema.String, kind: Schema.String, title: Schema.String })
export type Background = typeof Background.Type

/**
 * `generation` counts wakes of this thread; what an older one says is dropped.
 * `since`: when `state` was entered. `keptUntil` null: not kept; a time in ms; `forever` as 0.
 * `cursor`: by which the provider resumes the session; survives sleep. `woken`: its last start; absent where nobody wrote down why.
 */
export const Runtime = Schema.Struct({
  state: RuntimeState,
  generation: Schema.Int,
  treeId: Schema.NullOr(TreeId),
  tier: Schema.NullOr(Schema.String),
  since: Millis,
  keptUntil: Schema.NullOr(Millis),
  background: Schema.Array(Background),
  stopping: Schema.NullOr(StopReason),
  cursor: Schema.NullOr(Schema.String),
  woken: Schema.optionalKey(Woken),
  lastStop: Schema.NullOr(
    Schema.Struct({
      certificateId: Schema.String,
      reason: StopReason,
      at: Millis,
      freedBytes: Schema.Int,
      left: Schema.Int,
      outcome: Schema.String,
      unseen: Schema.optionalKey(Schema.String),
    }),
  ),
})
export type Runtime = typeof Runtime.Type

/**
 * What is known of a turn that runs and shows no sign of it: the last byte came at `heardAt`, and between `since` and `until` its tree used
 * `cpuMillis` of a processor. A command that waits for a network looks the same. Never stored: it is seen anew, or it is not so.
 */
export const Stalled = Schema.Struct({ heardAt: Millis, since: Millis, until: Millis, cpuMillis: Schema.Int })
export type Stalled = typeof Stalled.Type

/**
 * A thread that is to wake and may not yet: `place` in line, from 1, of `of`, since `since`. `why` the line stands, as far as its first one:
 * `memory`: `now` percent are free and `limit` are the floor; `pressure`: in `now` percent of the time something waits for memory, `limit`
 * is the most; `cap`: `now` sessions are awake and `limit` may be; `starts`: `now` are starting, as many as may at once. Never stored.
 */
export const Admission = Schema.Struct({
  place: Schema.Int,
  of: Schema.Int,
  since: Millis,
  why: Schema.Literals(["memory", "pressure", "cap", "starts"]),
  now: Schema.Int,
  limit: Schema.Int,
})
export type Admission = typeof Admission.Type

/**
 * A session that holds much memory: `bytes` where `limitBytes` is the most. Over it, it is stopped at `endsAt` unless a person waits on; null:
 * it only comes near, or a person waits on. Never stored.
 */
export const Heavy = Schema.Struct({ bytes: Schema.Int, limitBytes: Schema.Int, endsAt: Schema.NullOr(Millis) })
export type Heavy = typeof Heavy.Type

/** What no event tells of a thread, because it is seen by looking, or holds only now. Absent: it is not so. */
export const Sight = Schema.Struct({
  stalled: Schema.optionalKey(Stalled),
  admission: Schema.optionalKey(Admission),
  heavy: Schema.optionalKey(Heavy),
})
export type Sight = typeof Sight.Type

// ---- commands of a person

/** Starts the agent without a message. Already awake: accepted, nothing happens, except that a held queue goes on. */
export const WakeRuntime = Schema.TaggedStruct("runtime.wake", { threadId: ThreadId })
export type WakeRuntime = typeof WakeRuntime.Type

/** Keeps the runtime awake until `until` (ms; 0: until it is released); null releases it. Asleep: rejected as `nothing-running`. */
export const KeepRuntime = Schema.TaggedStruct("runtime.keep", { threadId: ThreadId, until: Schema.NullOr(Millis) })
export type KeepRuntime = typeof KeepRuntime.Type

/** Stops the session's processes and keeps the thread. Asleep: accepted; that nothing is left is proved all the same. */
export const StopRuntime = Schema.TaggedStruct("runtime.stop", { threadId: ThreadId })
export type StopRuntime = typeof StopRuntime.Type

// ---- commands of the server's own hands; refused from a client

/** A launch is about to begin; refused when the thread was archived meanwhile. Generation must be the next one. */
export const RecordWaking = Schema.TaggedStruct("runtime.record-waking", {
  threadId: ThreadId,
  generation: Schema.Int,
  treeId: TreeId,
  cause: Schema.optionalKey(WakeCause),
})
export type RecordWaking = typeof RecordWaking.Type

export const RecordStarted = Schema.TaggedStruct("runtime.record-started", {
  threadId: ThreadId,
  generation: Schema.Int,
  treeId: TreeId,
  tier: Schema.String,
  pid: Schema.Int,
})
export type RecordStarted = typeof RecordStarted.Type

/** The provider named its session, or a change of model or mode was seen. */
export const RecordSession = Schema.TaggedStruct("runtime.record-session", {
  threadId: ThreadId,
  generation: Schema.Int,
  cursor: Schema.String,
})
export type RecordSession = typeof RecordSession.Type

export const RecordBackground = Schema.TaggedStruct("runtime.record-background", {
  threadId: ThreadId,
  generation: Schema.Int,
  background: Schema.Array(Background),
})
export type RecordBackground = typeof RecordBackground.Type

/** A runtime could not be started; the turn that asked for it fails with `error`. */
export const RecordFailed = Schema.TaggedStruct("runtime.record-failed", {
  threadId: ThreadId,
  generation: Schema.Int,
  error: Schema.String,
})
export type RecordFailed = typeof RecordFailed.Type

export const RecordStopped = Schema.TaggedStruct("runtime.record-stopped", {
  threadId: ThreadId,
  generation: Schema.Int,
  certificate: Certificate,
})
export type RecordStopped = typeof RecordStopped.Type

/**
 * The idle time is over, or memory is short: decided again at the last moment. Rejected as `not-due` while a reason holds, and for `idle`
 * until it was idle for `idleMillis`.
 */
export const HibernateRuntime = Schema.TaggedStruct("runtime.hibernate", {
  reason: Schema.Literals(["idle", "memory", "room"]),
  threadId: ThreadId,
  generation: Schema.Int,
  idleMillis: Schema.Int,
})
export type HibernateRuntime = typeof HibernateRuntime.Type

/** The session holds more memory than one may: stopped, whatever it does. Nothing of it runs, or is being stopped: accepted, nothing happens. */
export const LimitRuntime = Schema.TaggedStruct("runtime.limit", { threadId: ThreadId, generation: Schema.Int })
export type LimitRuntime = typeof LimitRuntime.Type

// ---- events

/** `cause` is absent in old ones. */
export const RuntimeWaking = Schema.TaggedStruct("runtime.waking", {
  threadId: ThreadId,
  generation: Schema.Int,
  treeId: TreeId,
  cause: Schema.optionalKey(WakeCause),
})
export type RuntimeWaking = typeof RuntimeWaking.Type

export const RuntimeStarted = Schema.TaggedStruct("runtime.started", {
  threadId: ThreadId,
  generation: Schema.Int,
  treeId: TreeId,
  tier: Schema.String,
  pid: Schema.Int,
})
export type RuntimeStarted = typeof RuntimeStarted.Type

export const SessionNamed = Schema.TaggedStruct("runtime.session-named", { threadId: ThreadId, cursor: Schema.String })
export type SessionNamed = typeof SessionNamed.Type

export const BackgroundChanged = Schema.TaggedStruct("runtime.background-changed", {
  threadId: ThreadId,
  background: Schema.Array(Background),
})
export type BackgroundChanged = typeof BackgroundChanged.Type

export const RuntimeKept = Schema.TaggedStruct("runtime.kept", { threadId: ThreadId, until: Schema.NullOr(Millis) })
export type RuntimeKept = typeof RuntimeKept.Type

export const RuntimeStopping = Schema.TaggedStruct("runtime.stopping", { threadId: ThreadId, reason: StopReason })
export type RuntimeStopping = typeof RuntimeStopping.Type

export const RuntimeFailed = Schema.TaggedStruct("runtime.failed", { threadId: ThreadId, generation: Schema.Int, error: Schema.String })
export type RuntimeFailed = typeof RuntimeFailed.Type

/**
 * The certificate in short; the whole one is kept apart under its id. `ended`: where a rule stopped it, what else than the agent had to be
 * signalled; commands, cut, at most five.
 */
export const RuntimeStopped = Schema.TaggedStruct("runtime.stopped", {
  threadId: ThreadId,
  generation: Schema.Int,
  certificateId: Schema.String,
  reason: StopReason,
  freedBytes: Schema.Int,
  left: Schema.Int,
  outcome: Schema.String,
  unseen: Schema.optionalKey(Schema.String),
  ended: Schema.optionalKey(Schema.Array(Schema.String)),
})
export type RuntimeStopped = typeof RuntimeStopped.Type
