// The contract's shapes, checked by hand. The types come from the contract, so what drifts apart does not compile;
// the test beside it feeds both sides the same payloads.
import type { Evidence, Member, Outcome, Rung, StopReason, TreeCertificate } from "@corral/contracts/certificate"
import type { SessionId, TreeId } from "@corral/contracts/ids"
import type { Ask, Asks } from "@corral/contracts/supervisor"
import { either, flag, list, nullable, oneOf, optional, record, struct, text, whole, type Check } from "./shape.ts"

const name = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,95}$/
export const treeId: Check<TreeId> = (x): x is TreeId => typeof x === "string" && name.test(x)
export const sessionId: Check<SessionId> = (x): x is SessionId => typeof x === "string" && name.test(x)

/** A record, so that the compiler misses none. */
const stopReasons: Readonly<Record<StopReason, true>> = {
  stop: true,
  archive: true,
  delete: true,
  replace: true,
  switch: true,
  idle: true,
  memory: true,
  room: true,
  "memory-limit": true,
  budget: true,
  shutdown: true,
  "server-lost": true,
  "supervisor-lost": true,
  "boot-sweep": true,
  exited: true,
  stray: true,
}
export const stopReason: Check<StopReason> = (x): x is StopReason => typeof x === "string" && Object.hasOwn(stopReasons, x)
const rung: Check<Rung> = oneOf("protocol", "eof", "term", "kill", "lost")
export const evidence: Check<Evidence> = oneOf("token", "cookie", "cgroup", "journal", "parent", "session")
const outcome: Check<Outcome> = oneOf("gone", "released", "stuck")
const member: Check<Member> = struct({
  pid: whole,
  start: whole,
  startedAt: whole,
  ppid: whole,
  pgid: whole,
  sid: whole,
  command: text,
  evidence,
})

export const treeCertificate: Check<TreeCertificate> = struct({
  certificateId: text,
  treeId,
  sessions: list(sessionId),
  provider: text,
  reason: stopReason,
  askedBy: text,
  startedAt: whole,
  endedAt: whole,
  rungs: list(struct({ name: rung, millis: whole, left: whole })),
  killed: list(struct({ pid: whole, startedAt: whole, command: text, signal: oneOf("TERM", "KILL"), evidence })),
  freedBytes: whole,
  left: whole,
  survivors: list(member),
  untagged: whole,
  exit: nullable(struct({ code: nullable(whole), signal: nullable(text) })),
  tier: text,
  checkedAt: whole,
  outcome,
})

export const budgets = struct({ eofMillis: whole, termMillis: whole, killMillis: whole })
const bookmark = struct({ after: nullable(whole), state: text })
const nothing: Check<object> = (x): x is object => x !== null && x !== undefined
const command = { command: text, args: list(text), cwd: text, env: record(text) }

/** What each ask takes. */
export const takes: { readonly [A in Ask]: Check<Asks[A]["takes"]> } = {
  hello: struct({ version: whole, pid: whole, holdMillis: whole }),
  launch: struct({ ...command, treeId, session: sessionId, provider: text, farewell: list(text), budgets: nullable(budgets) }),
  join: struct({ treeId, session: sessionId }),
  attach: struct({ treeId, after: nullable(whole) }),
  write: struct({ treeId, lines: list(text), bookmark: nullable(bookmark) }),
  stop: struct({
    target: either(struct({ tree: treeId }), struct({ session: sessionId })),
    reason: stopReason,
    askedBy: text,
    from: nullable(oneOf("eof", "term", "kill")),
  }),
  trees: struct({ memory: flag }),
  sweep: nothing,
  certificates: struct({ after: whole }),
  run: struct({ ...command, timeoutMillis: whole }),
  survey: nothing,
  planEnd: struct({ named: list(struct({ pid: whole, start: whole })) }),
  end: struct({ planId: text }),
  leave: struct({ how: oneOf("stop", "restart"), now: flag, askedBy: optional(text) }),
}

export function isAsk(x: string): x is Ask {
  return Object.hasOwn(takes, x)
}

export const ack = struct({ ack: struct({ treeId, n: whole }) })
export const asked = struct({ id: whole, ask: text })
