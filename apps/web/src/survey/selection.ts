// Whom a person has chosen to be ended. Who is below a chosen one ends with it, and need not be chosen.
import type { Found } from "@corral/contracts/survey"

/** Names one process: its number alone may be another's by now. */
export const keyOf = ({ pid, start }: Pick<Found, "pid" | "start">): string => `${pid}.${start}`

/** Corral's own are stopped with a certificate, and another user's are that user's. */
export const isChoosable = ({ owner, isOtherUsers }: Found): boolean => owner.kind !== "corral" && !isOtherUsers

/** The chosen one above it; null: none. */
export const coveredBy = (found: Found, all: readonly Found[], chosen: ReadonlySet<string>): Found | null => {
  const seen = new Set([found.pid])
  for (let at = found.within; at !== null && !seen.has(at);) {
    const pid = at
    seen.add(pid)
    const above = all.find((one) => one.pid === pid)
    if (above === undefined) return null
    if (chosen.has(keyOf(above))) return above
    at = above.within
  }
  return null
}

/** The chosen that are still there and not below another chosen one. */
export const namedOf = (all: readonly Found[], chosen: ReadonlySet<string>): readonly Found[] =>
  all.filter((found) => chosen.has(keyOf(found)) && isChoosable(found) && coveredBy(found, all, chosen) === null)
