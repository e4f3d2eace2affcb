// The sessions that a tree made. Whoever sits in one counts as the tree's and is signalled, so what may be in here is decided here alone.
import type { Moment } from "./numbers.ts"

/**
 * 0 is no session but the word of a system that names none (macOS; Linux, for whoever was brought into a container from outside), and
 * 1 is init's. Half the machine bears them, so neither is ever taken in, whoever says so, be it our own ledger.
 */
const lowest = 2

export class Sessions {
  /** With the beginning of the look that saw each inhabited last; null: none has yet, or it cannot be told. */
  readonly #sids: Map<number, Moment | null>

  /** As the ledger has them. */
  constructor(sids: Iterable<number> = []) {
    this.#sids = new Map([...sids].filter((sid) => sid >= lowest).map((sid) => [sid, null]))
  }

  /** A session is made by its leader. Whoever else of the tree sits in one may be a visitor, and shows nothing about the others there. */
  own({ pid, sid }: { readonly pid: number; readonly sid: number }): void {
    if (pid === sid && sid >= lowest && !this.#sids.has(sid)) this.#sids.set(sid, null)
  }

  /** A member sits there: its number was nobody else's when this look began. Not ours: nothing happens. */
  saw(sid: number, begun: Moment | null): void {
    if (begun !== null && this.#sids.has(sid)) this.#sids.set(sid, begun)
  }

  seenAt(sid: number): Moment | null {
    return this.#sids.get(sid) ?? null
  }

  has(sid: number): boolean {
    return this.#sids.has(sid)
  }

  /** Those that are not among `seen` are empty. */
  keepOnly(seen: ReadonlySet<number>): void {
    for (const sid of this.#sids.keys()) if (!seen.has(sid)) this.#sids.delete(sid)
  }

  [Symbol.iterator](): Iterator<number> {
    return this.#sids.keys()
  }
}
