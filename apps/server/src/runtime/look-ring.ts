// The looks of a stretch of time, one for each slot: that which saw most memory. What is older than the stretch is forgotten.
// The slot in which a former server ended and this one began can have one of each: what is between them nobody saw.
import { restingLook, type MemoryLook } from "./memory-look.ts"

export class LookRing {
  readonly #slotMillis: number
  readonly #slots: number
  readonly #looks = new Map<number, MemoryLook>()
  /** Of former servers. */
  readonly #former = new Map<number, MemoryLook>()
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
    put(this.#looks, slot, look)
    this.#restingSince = look.sessions.size === 0 ? look.at : null
  }

  /** Looks of a former server. What ran after the last of them nobody knows, also where that one saw nothing. */
  restore(looks: readonly MemoryLook[]): void {
    for (const look of looks) put(this.#former, this.#slotOf(look.at), look)
  }

  /** Oldest first, as far as they are not too old by now. */
  known(now: number): readonly MemoryLook[] {
    const slot = this.#slotOf(now)
    this.#fill(slot)
    this.#forget(slot)
    const looks = [...this.#former.values(), ...this.#looks.values()].toSorted((one, other) => one.at - other.at)
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
    for (const looks of [this.#former, this.#looks]) {
      for (const slot of looks.keys()) if (slot <= newest - this.#slots || slot > newest) looks.delete(slot)
    }
  }
}

const put = (looks: Map<number, MemoryLook>, slot: number, look: MemoryLook): void => {
  const known = looks.get(slot)
  if (known === undefined || look.totalBytes >= known.totalBytes) looks.set(slot, look)
}
