// What the program says of the machine, checked by its shape where the supervisor hears it. The types come from the contract.
import type { EndPlan, EndReport, Found, Owner, Survey } from "@corral/contracts/survey"
import { evidence, sessionId } from "../contract.ts"
import { flag, list, nullable, oneOf, struct, text, whole, type Check } from "../shape.ts"

const owner: Check<Owner> = struct({
  kind: oneOf("corral", "agent", "service", "multiplexer", "ssh", "editor", "terminal", "app", "orphan"),
  name: text,
  pid: nullable(whole),
  evidence: text,
  next: nullable(text),
  session: nullable(sessionId),
})

const found: Check<Found> = struct({
  kind: oneOf("agent", "mcp"),
  name: text,
  pid: whole,
  start: whole,
  startedAt: whole,
  within: nullable(whole),
  isOtherUsers: flag,
  owner,
  command: text,
  pids: list(whole),
  memoryBytes: whole,
})

export const isSurvey: Check<Survey> = struct({
  checkedAt: whole,
  memory: oneOf("shared-once", "resident"),
  found: list(found),
  processes: whole,
  memoryBytes: whole,
})

const refused = list(struct({ pid: whole, tag: oneOf("NotFound", "NotListed", "Protected", "Corrals", "Denied"), message: text }))

export const isPlan: Check<EndPlan> = struct({
  named: list(whole),
  ends: list(struct({ pid: whole, start: whole, startedAt: whole, ppid: whole, command: text, memoryBytes: whole })),
  memoryBytes: whole,
  refused,
})

export const isReport: Check<EndReport> = struct({
  outcome: oneOf("gone", "stuck"),
  killed: list(struct({ pid: whole, command: text, signal: oneOf("TERM", "KILL"), evidence })),
  left: list(struct({ pid: whole, command: text })),
  freedBytes: whole,
  millis: whole,
  checkedAt: whole,
  refused,
})
