// The record of a stop, with its proof. Nothing that was seen to run is called stopped without one; where the supervisor's table and ledger
// know of no tree, nothing was there to be looked at, and there is none.
import * as Schema from "effect/Schema"
import { Millis, SessionId, ThreadId, TreeId, TurnId } from "./ids.ts"

/**
 * Why a tree was stopped. `memory`: the machine was short of it; `room`: another thread was to wake and as many were awake as may be;
 * `memory-limit`: this session held more than one may. `exited`: the agent left by itself.
 */
export const StopReason = Schema.Literals([
  "stop",
  "archive",
  "delete",
  "replace",
  "switch",
  "idle",
  "memory",
  "room",
  "memory-limit",
  "budget",
  "shutdown",
  "server-lost",
  "supervisor-lost",
  "boot-sweep",
  "exited",
  "stray",
])
export type StopReason = typeof StopReason.Type

/** The rungs of the ladder, in order; `lost` stands for a machine that was rebooted: nothing was there to signal. */
export const Rung = Schema.Literals(["protocol", "eof", "term", "kill", "lost"])
export type Rung = typeof Rung.Type

/**
 * On what evidence a process counts as a member of a tree. `cookie` (its environment) counts only where tokens do not work; `cgroup`: it is in
 * the one that was made for the tree.
 */
export const Evidence = Schema.Literals(["token", "cookie", "cgroup", "journal", "parent", "session"])
export type Evidence = typeof Evidence.Type

/** `start` is the kernel's start time in clock ticks since boot; with `pid` it names one process. `startedAt` is the same in ms. */
export const Member = Schema.Struct({
  pid: Schema.Int,
  start: Schema.Int,
  startedAt: Millis,
  ppid: Schema.Int,
  pgid: Schema.Int,
  sid: Schema.Int,
  command: Schema.String,
  evidence: Evidence,
})
export type Member = typeof Member.Type

export const Killed = Schema.Struct({
  pid: Schema.Int,
  startedAt: Millis,
  command: Schema.String,
  signal: Schema.Literals(["TERM", "KILL"]),
  evidence: Evidence,
})
export type Killed = typeof Killed.Type

/**
 * `gone`: the tree was seen empty, or the machine was rebooted since (rung `lost`). `released`: the session left a tree that serves others.
 * `stuck`: survivors and why.
 */
export const Outcome = Schema.Literals(["gone", "released", "stuck"])
export type Outcome = typeof Outcome.Type

/**
 * What the supervisor proves. `askedBy`: as in `WakeCause`, or a part of Corral: `server` for a rule, which `reason` then names. `rootPid`:
 * the agent itself. `unseen`: who could not be seen when `left` was, as a sentence: then `gone` and `released` are said of what could be seen.
 * Absent: nobody was hidden, as far as is known; older certificates never have it. `freedBytes`: memory seen before the stop, less what was
 * left. `checkedAt`: when `left` was seen.
 */
export const TreeCertificate = Schema.Struct({
  certificateId: Schema.String,
  treeId: TreeId,
  sessions: Schema.Array(SessionId),
  provider: Schema.String,
  reason: StopReason,
  askedBy: Schema.String,
  startedAt: Millis,
  endedAt: Millis,
  rungs: Schema.Array(Schema.Struct({ name: Rung, millis: Schema.Int, left: Schema.Int })),
  killed: Schema.Array(Killed),
  freedBytes: Schema.Int,
  left: Schema.Int,
  survivors: Schema.Array(Member),
  untagged: Schema.Int,
  exit: Schema.NullOr(Schema.Struct({ code: Schema.NullOr(Schema.Int), signal: Schema.NullOr(Schema.String) })),
  tier: Schema.String,
  checkedAt: Millis,
  outcome: Outcome,
  rootPid: Schema.optionalKey(Schema.Int),
  unseen: Schema.optionalKey(Schema.String),
})
export type TreeCertificate = typeof TreeCertificate.Type

/**
 * Why and for whom an agent was started: for a turn, or because somebody wanted it awake. `askedBy`: `browser`, `cli`, `token`
 * (another program with the token of the home), or `server`, where the server took up by itself what was left to do.
 */
export const WakeCause = Schema.Struct({ why: Schema.Literals(["turn", "wake"]), turnId: Schema.NullOr(TurnId), askedBy: Schema.String })
export type WakeCause = typeof WakeCause.Type

/** The same with its time. */
export const Woken = Schema.Struct({ at: Millis, ...WakeCause.fields })
export type Woken = typeof Woken.Type

/**
 * The same as `TreeCertificate` with the threads it is about, as the server keeps and shows it. `titles`: what these were called then, in the same order.
 * `woken`: the start that this stop is the end of, of the first of them; absent where it is not known.
 */
export const Certificate = Schema.Struct({
  ...TreeCertificate.fields,
  threadIds: Schema.Array(ThreadId),
  titles: Schema.optionalKey(Schema.Array(Schema.String)),
  woken: Schema.optionalKey(Woken),
})
export type Certificate = typeof Certificate.Type
