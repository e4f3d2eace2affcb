// Numbers as claims: what cannot be seen now is amber, and never 0, because nobody knows that.
import type { Processes } from "@corral/contracts/tree"

export interface Claim {
  readonly number: string
  readonly tone: "ok" | "attention" | "danger" | null
}

export const claimTones = { ok: "text-ok", attention: "text-attention", danger: "text-danger" } as const

/** `number`: how `count` is written. */
export const claimOf = (count: number, isBlind: boolean, number = String(count)): Claim => {
  if (!isBlind) return { number, tone: null }
  return { number: count === 0 ? "unknown" : number, tone: "attention" }
}

/** A stray that was seen is one, however the rest of the look went. */
export const strayClaim = ({ strays, complete }: Processes, isBlind: boolean): Claim => {
  if (strays.length > 0) return { number: String(strays.length), tone: "danger" }
  return isBlind || !complete ? { number: "unknown", tone: "attention" } : { number: "0", tone: "ok" }
}

/** That nothing runs is proved only by a whole look that is the present. */
export const isNothingProved = ({ trees, strays, complete }: Processes, isBlind: boolean): boolean =>
  !isBlind && complete && trees.length === 0 && strays.length === 0

/** Over a page that shows no session. `isOne`: it is the page of one thread, and says nothing about the others. */
export const nothingWords = (seen: Processes, { isBlind, isOne }: { readonly isBlind: boolean; readonly isOne: boolean }): string => {
  if (isBlind) return "What runs now is unknown"
  if (isOne) return "Nothing of this thread is running"
  return isNothingProved(seen, isBlind) ? "Nothing is running" : "No session is running"
}
