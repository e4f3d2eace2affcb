// The survey of this machine: every coding agent and MCP server, Corral's or not, whose they are and what they hold; and what was ended
// of them because a person named it. The supervisor's program prints these; `corral doctor` and the app's page of that name show them.
import * as Schema from "effect/Schema"
import { Evidence } from "./certificate.ts"
import { Millis, SessionId } from "./ids.ts"

/**
 * Whose a process is. `corral`: of a session or a `corral run` of some CORRAL_HOME, `agent`: below another one that is listed, `orphan`: its
 * starter is gone and init or what stands for it has taken it in, which is likely a stray. `evidence`: what was seen, in words. `next`: the
 * command that ends it with a proof; null where there is none. `session`: what it serves there, where it is of a session of Corral's.
 */
export const Owner = Schema.Struct({
  kind: Schema.Literals(["corral", "agent", "service", "multiplexer", "ssh", "editor", "terminal", "app", "orphan"]),
  name: Schema.String,
  pid: Schema.NullOr(Schema.Int),
  evidence: Schema.String,
  next: Schema.NullOr(Schema.String),
  session: Schema.NullOr(SessionId),
})
export type Owner = typeof Owner.Type

/**
 * `start`: the kernel's; with `pid` it names one process. `within`: the listed process it is below. `pids`: all of its tree, itself first.
 * `memoryBytes`: of the whole tree. `command`: cut, secrets in it masked.
 */
export const Found = Schema.Struct({
  kind: Schema.Literals(["agent", "mcp"]),
  name: Schema.String,
  pid: Schema.Int,
  start: Schema.Int,
  startedAt: Millis,
  within: Schema.NullOr(Schema.Int),
  isOtherUsers: Schema.Boolean,
  owner: Owner,
  command: Schema.String,
  pids: Schema.Array(Schema.Int),
  memoryBytes: Schema.Int,
})
export type Found = typeof Found.Type

/**
 * `memory`: how it was counted. `shared-once`: private pages, and what several processes share once per executable. That is the PSS of these
 * processes if nobody else shared with them; where others do, PSS is less. `resident`: RSS, where the system tells no more. `processes` and
 * `memoryBytes`: of all trees together, nobody counted twice.
 */
export const Survey = Schema.Struct({
  checkedAt: Millis,
  memory: Schema.Literals(["shared-once", "resident"]),
  found: Schema.Array(Found),
  processes: Schema.Int,
  memoryBytes: Schema.Int,
})
export type Survey = typeof Survey.Type

/** One process of a survey; who has its number by now is another one. */
export const Named = Schema.Struct({ pid: Schema.Int, start: Schema.Int })
export type Named = typeof Named.Type

/** Nothing is ended where one of the named, or what is below it, must not be. `next`: what to do instead; empty where there is nothing. */
export const EndRefused = Schema.Struct({
  pid: Schema.Int,
  tag: Schema.Literals(["NotFound", "NotListed", "Protected", "Corrals", "Denied"]),
  message: Schema.String,
})
export type EndRefused = typeof EndRefused.Type

/**
 * What would end: the named and all below them, as seen now. `memoryBytes` of each: private pages; of all: with what they share. Refused:
 * nothing may be. Nothing is ended before somebody has said so who has seen it.
 */
export const EndPlan = Schema.Struct({
  named: Schema.Array(Schema.Int),
  ends: Schema.Array(
    Schema.Struct({
      pid: Schema.Int,
      start: Schema.Int,
      startedAt: Millis,
      ppid: Schema.Int,
      command: Schema.String,
      memoryBytes: Schema.Int,
    }),
  ),
  memoryBytes: Schema.Int,
  refused: Schema.Array(EndRefused),
})
export type EndPlan = typeof EndPlan.Type

/** `planId`: by which it can be carried out; null where it is refused. */
export const PlannedEnd = Schema.Struct({ planId: Schema.NullOr(Schema.String), plan: EndPlan })
export type PlannedEnd = typeof PlannedEnd.Type

/** What was seen afterwards. `stuck`: `left` are still there. `killed`: who was signalled last with what, and on what evidence. */
export const EndReport = Schema.Struct({
  outcome: Schema.Literals(["gone", "stuck"]),
  killed: Schema.Array(
    Schema.Struct({ pid: Schema.Int, command: Schema.String, signal: Schema.Literals(["TERM", "KILL"]), evidence: Evidence }),
  ),
  left: Schema.Array(Schema.Struct({ pid: Schema.Int, command: Schema.String })),
  freedBytes: Schema.Int,
  millis: Schema.Int,
  checkedAt: Millis,
  refused: Schema.Array(EndRefused),
})
export type EndReport = typeof EndReport.Type
