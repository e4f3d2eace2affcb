// Trees as they are seen now: every process of every session, for `ps` and the Processes page.
import * as Schema from "effect/Schema"
import { Woken } from "./certificate.ts"
import { Millis, SessionId, ThreadId, TreeId } from "./ids.ts"
import { Admission, Sight } from "./runtime.ts"

/**
 * `memoryBytes`: private pages. What several processes share is counted once per executable, in the tree's own figure. `cpuMillis`: since
 * its start, with that of children that it waited for; absent where it was not measured. `ports`: the TCP ports it listens on, sorted; as
 * they were some seconds ago, and absent where they were not looked for or cannot be seen.
 */
export const Process = Schema.Struct({
  pid: Schema.Int,
  startedAt: Millis,
  ppid: Schema.Int,
  command: Schema.String,
  memoryBytes: Schema.Int,
  cpuPercent: Schema.Finite,
  cpuMillis: Schema.optionalKey(Schema.Int),
  ports: Schema.optionalKey(Schema.Array(Schema.Int)),
})
export type Process = typeof Process.Type

export const TreeState = Schema.Literals(["intended", "launching", "running", "stopping", "verifying", "stuck", "gone", "lost-to-reboot"])
export type TreeState = typeof TreeState.Type

/** One tree as the supervisor sees it. `rung` while stopping. Bytes and CPU are the facts by which `busy` is believed. */
export const TreeView = Schema.Struct({
  treeId: TreeId,
  provider: Schema.String,
  sessions: Schema.Array(SessionId),
  state: TreeState,
  rung: Schema.NullOr(Schema.String),
  tier: Schema.String,
  rootPid: Schema.NullOr(Schema.Int),
  launchedAt: Millis,
  bytesIn: Schema.Int,
  bytesOut: Schema.Int,
  lastOutputAt: Schema.NullOr(Millis),
  memoryBytes: Schema.Int,
  processes: Schema.Array(Process),
})
export type TreeView = typeof TreeView.Type

/** A process that outlived its session: it bears a token of ours whose tree is gone, or of no tree we know. */
export const Stray = Schema.Struct({
  pid: Schema.Int,
  startedAt: Millis,
  command: Schema.String,
  memoryBytes: Schema.Int,
  lastTree: Schema.NullOr(TreeId),
})
export type Stray = typeof Stray.Type

/**
 * `complete` false: the look failed, or did not come to rest because processes appeared faster than it looked; an empty list then proves
 * nothing. True: it came to rest. That a tree is gone is proved by its certificate, never by this. `lookMillis`: what looking cost.
 * `ownBytes`: resident memory of the supervisor itself.
 */
export const TreeReport = Schema.Struct({
  checkedAt: Millis,
  complete: Schema.Boolean,
  lookMillis: Schema.Finite,
  trees: Schema.Array(TreeView),
  strays: Schema.Array(Stray),
  ownBytes: Schema.optionalKey(Schema.Int),
})
export type TreeReport = typeof TreeReport.Type

/**
 * Why a runtime is alive, exactly one: the first that holds of stuck, stopping, starting, waiting, turn, background, kept, cooling.
 * `queued` is never given: a queue has a turn before it, or is held for a person and then keeps nothing awake.
 */
export const ReasonAlive = Schema.Literals(["turn", "waiting", "background", "queued", "kept", "cooling", "starting", "stopping", "stuck"])
export type ReasonAlive = typeof ReasonAlive.Type

/**
 * `endsWhen`: the rule that would end it, in words. `endsAt`: when, if a clock runs. `resumeTokens`: of its conversation, which may have to be
 * read anew when it resumes after an end now, because the provider has them cached; 0: none, or nothing is known of a cache. `woken`: why and
 * for whom it was started.
 */
export const ServedThread = Schema.Struct({
  threadId: ThreadId,
  title: Schema.String,
  state: Schema.String,
  reason: ReasonAlive,
  endsWhen: Schema.String,
  endsAt: Schema.NullOr(Millis),
  resumeTokens: Schema.optionalKey(Schema.Int),
  woken: Schema.optionalKey(Woken),
  ...Sight.fields,
})
export type ServedThread = typeof ServedThread.Type

/** A thread that is to wake and waits in line. */
export const WaitingThread = Schema.Struct({ threadId: ThreadId, title: Schema.String, ...Admission.fields })
export type WaitingThread = typeof WaitingThread.Type

/**
 * `corral ps --json`. `waiting`: in the order of the line. `own`: resident memory of Corral itself, which counts what it shares; null: the
 * supervisor does not tell.
 */
export const Processes = Schema.Struct({
  checkedAt: Millis,
  complete: Schema.Boolean,
  lookMillis: Schema.Finite,
  machine: Schema.Struct({ totalBytes: Schema.Int, availableBytes: Schema.Int }),
  trees: Schema.Array(Schema.Struct({ ...TreeView.fields, threads: Schema.Array(ServedThread) })),
  strays: Schema.Array(Stray),
  waiting: Schema.optionalKey(Schema.Array(WaitingThread)),
  own: Schema.optionalKey(Schema.Struct({ serverBytes: Schema.Int, supervisorBytes: Schema.NullOr(Schema.Int) })),
})
export type Processes = typeof Processes.Type

/** `corral count --json`. */
export const Count = Schema.Struct({ processes: Schema.Int, trees: Schema.Int, strays: Schema.Int, checkedAt: Millis })
export type Count = typeof Count.Type
