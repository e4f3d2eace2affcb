// The stop ladder as a pure reducer: what was seen goes in, the rung to stand on comes out. No clock, no process, no signal.
import type { Rung as AnyRung } from "@corral/contracts/certificate"

export type Rung = Exclude<AnyRung, "lost">
const order: readonly Rung[] = ["protocol", "eof", "term", "kill"]

/** Two clean looks must lie this far apart: a process may be born between the listing and the reading. */
const proofMillis = 10
/** Survivors that the system forbids to signal will not change their mind: no need to ask for the whole budget. */
const deniedMillis = 1000

/** The most time for each rung, in ms. A rung that is not there is passed over. */
export type RungBudgets = Readonly<Record<Rung, number>>

/** After a crash nobody is left to wait for: what does not hear TERM quickly is killed. */
export const crashBudgets: RungBudgets = { protocol: 100, eof: 200, term: 300, kill: 10_000 }

export interface Descent {
  readonly rung: Rung
  readonly since: number
  readonly budgets: RungBudgets
  readonly done: readonly { readonly name: Rung; readonly millis: number; readonly left: number }[]
  /** When a full look first found nothing, with nothing found since. */
  readonly cleanAt: number | null
  /** Since when every survivor has been out of our reach. */
  readonly deniedAt: number | null
}

export interface Observed {
  /** In ms, of a clock that never goes back. */
  readonly at: number
  readonly left: number
  /** The look was a full one and nothing in it failed. */
  readonly proves: boolean
  readonly rootHasLeft: boolean
  /** The agent has answered the farewell, as far as one can see. */
  readonly isAnswered: boolean
  readonly allDenied: boolean
  /** Somebody asked for more haste: no rung above this one any more. */
  readonly from: Rung
}

/** `proving`: nothing was seen; only full looks count from here. */
export type Step =
  | { readonly now: "on-rung" | "proving"; readonly descent: Descent }
  | { readonly now: "gone" | "stuck"; readonly descent: Descent }

export function begin(from: Rung, budgets: RungBudgets, at: number): Descent {
  return { rung: from, since: at, budgets, done: [], cleanAt: null, deniedAt: null }
}

export function step(descent: Descent, seen: Observed): Step {
  if (seen.left === 0) return prove(descent, seen)
  const deniedAt = seen.allDenied ? (descent.deniedAt ?? seen.at) : null
  const dirty = { ...descent, cleanAt: null, deniedAt }
  if (!isOver(dirty, seen)) return { now: "on-rung", descent: dirty }
  if (dirty.rung === "kill") return { now: "stuck", descent: leave(dirty, seen) }
  const next = later(order[order.indexOf(dirty.rung) + 1] ?? "kill", seen.from)
  return { now: "on-rung", descent: { ...leave(dirty, seen), rung: next, since: seen.at } }
}

/** Gone is said only after two full looks without a member. A look that failed proves nothing and is not waited for without end. */
function prove(descent: Descent, seen: Observed): Step {
  if (!seen.proves) {
    const isHopeless = descent.rung === "kill" && seen.at - descent.since >= descent.budgets.kill
    return isHopeless ? { now: "stuck", descent: leave(descent, seen) } : advance(descent, seen)
  }
  const cleanAt = descent.cleanAt ?? seen.at
  if (seen.at - cleanAt >= proofMillis) return { now: "gone", descent: leave(descent, seen) }
  return { now: "proving", descent: { ...descent, cleanAt } }
}

/** An unproving look at nothing: the next one is a full one; where even that fails, the ladder is climbed down by the clock. */
function advance(descent: Descent, seen: Observed): Step {
  const budget = descent.budgets[descent.rung]
  if (descent.rung === "kill" || seen.at - descent.since < budget) return { now: "proving", descent }
  const next = order[order.indexOf(descent.rung) + 1] ?? "kill"
  return { now: "proving", descent: { ...leave(descent, seen), rung: next, since: seen.at } }
}

function isOver(descent: Descent, seen: Observed): boolean {
  const spent = seen.at - descent.since
  if (order.indexOf(seen.from) > order.indexOf(descent.rung)) return true
  if (spent >= descent.budgets[descent.rung]) return true
  switch (descent.rung) {
    case "protocol":
      return seen.isAnswered || seen.rootHasLeft
    case "eof":
      // What a root leaves behind was not meant to hear of its end.
      return seen.rootHasLeft
    case "term":
      return false
    case "kill":
      return descent.deniedAt !== null && seen.at - descent.deniedAt >= deniedMillis
  }
}

function leave(descent: Descent, seen: Observed): Descent {
  const millis = Math.round(seen.at - descent.since)
  return { ...descent, done: [...descent.done, { name: descent.rung, millis, left: seen.left }] }
}

function later(one: Rung, other: Rung): Rung {
  return order.indexOf(one) > order.indexOf(other) ? one : other
}
