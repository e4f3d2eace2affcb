// One thing out of many by a prefix of its id, as people type ids.
import { notFound, usage } from "./failure.ts"

export interface Pickable {
  readonly id: string
  /** For the list of those that a prefix could mean. */
  readonly name: string
}

/** With or without the id's own `thr_`; a whole id wins over longer ones that begin with it. */
export function pick<T extends Pickable>(what: string, all: readonly T[], typed: string): T {
  const exact = all.find(({ id }) => id === typed)
  if (exact !== undefined) return exact
  const meant = typed === "" ? [] : all.filter(({ id }) => id.startsWith(typed) || id.replace(/^[a-z]+_/, "").startsWith(typed))
  const [only, ...others] = meant
  if (only === undefined) throw notFound(`There is no ${what} ${JSON.stringify(typed)}.`)
  if (others.length === 0) return only
  const shown = meant.slice(0, mostShown).map(({ id, name }) => `  ${id}  ${name}`)
  throw usage([`${JSON.stringify(typed)} could be any of ${meant.length} ${what}s; type more of it:`, ...shown].join("\n"))
}

const mostShown = 8

/** Enough letters to be read, typed and still be one of its kind: `thr_4f9k2mab`. */
export function short(id: string): string {
  return id.slice(0, shortChars)
}

const shortChars = 12
