// The looks of a stretch of time, one for each slot: that which saw most memory. What is older than the stretch is forgotten.
import { restingLook, type MemoryLook } from "./memory-look.ts"

export class LookRing {
  readonly #slotMillis: number
  readonly #slots: number
  readonly #looks = new Map<number, MemoryLook>()
  /** When a look saw that nothing ran. No session comes without a look, so nothing ran from then on until the next one. */
  #restingSince: number | null = null

  constructor(slotMillis: number, slots: number) {
    this.#slotMillis = slotMillis
    this.#slots = slots
  }

  take(look: MemoryLook): void {
    const slot = this.#slotOf(look.at)
    this.#fill(slot - 1)
    this.#forget(slot)
    const known = this.#looks.get(slot)
    if (known === undefined || look.totalBytes >= known.totalBytes) this.#looks.set(slot, look)
    this.#restingSince = look.sessions.size === 0 ? look.at : null
  }

  /** Oldest first, as far as they are not too old by now. */
  known(now: number): readonly MemoryLook[] {
    const slot = this.#slotOf(now)
    this.#fill(slot)
    this.#forget(slot)
    const looks = [...this.#looks.values()].toSorted((one, other) => one.at - other.at)
    const last = looks.at(-1)
    const hasEnded = this.#restingSince !== null && last !== undefined && last.sessions.size > 0 && last.at < now
    return hasEnded ? [...looks, restingLook(now)] : looks
  }

  #slotOf(at: number): number {
    return Math.floor(at / this.#slotMillis)
  }

  #fill(to: number): void {
    if (this.#restingSince === null) return
    const from = Math.max(this.#slotOf(this.#restingSince), to - this.#slots) + 1
    for (let slot = from; slot <= to; slot++) if (!this.#looks.has(slot)) this.#looks.set(slot, restingLook(slot * this.#slotMillis))
  }

  /** Later ones too: then the clock was turned back, and nobody can say when they were. */
  #forget(newest: number): void {
    for (const slot of this.#looks.keys()) if (slot <= newest - this.#slots || slot > newest) this.#looks.delete(slot)
  }
}
