// Why something was stopped, and why something is alive, in the words of the screens.
import type { StopReason } from "@corral/contracts/certificate"
import type { ReasonAlive } from "@corral/contracts/tree"

export const reasonWords: Readonly<Record<StopReason, string>> = {
  stop: "put to sleep by you",
  archive: "archived",
  delete: "deleted",
  replace: "replaced by a new process",
  switch: "switched to another agent",
  idle: "idle rule",
  memory: "memory was short",
  room: "made room for another thread",
  "memory-limit": "over its memory limit",
  budget: "over its budget",
  shutdown: "Corral was shut down",
  "server-lost": "the server was lost",
  "supervisor-lost": "the supervisor was lost",
  "boot-sweep": "swept at start",
  exited: "left by itself",
  stray: "a stray, swept",
}

export const isStopReason = (text: string): text is StopReason => Object.hasOwn(reasonWords, text)

/** Whether a person asked for it; the rest is by a rule. */
export const isByPerson = (reason: StopReason): boolean => ["stop", "archive", "delete", "replace", "switch", "shutdown"].includes(reason)

export const reasonAliveWords: Readonly<Record<ReasonAlive, string>> = {
  turn: "at work on a turn",
  waiting: "waits for you",
  background: "background work",
  queued: "messages are queued",
  kept: "kept by you",
  cooling: "cooling down",
  starting: "waking",
  stopping: "stopping",
  stuck: "stuck",
}

/** In place of the reason's own words: that it is at work is then not known. */
export const stalledTurn = "a turn that is stalled"
