// Without a server: keep everything alive for the hold time, then stop it all; and leave, once nothing is left to guard.
import { stopAll } from "./stop.ts"
import { crashBudgets } from "./ladder.ts"
import type { Supervision } from "./supervision.ts"

/** Until a server says otherwise. */
export const defaultHoldMillis = 30_000
/** While something is stuck we stay, and see whether it has gone. */
const recheckMillis = 2000

export class Hold {
  readonly #s: Supervision
  readonly #leave: () => void
  #millis = defaultHoldMillis
  #timer: NodeJS.Timeout | null = null

  /** `leave`: nothing is left to do here. */
  constructor(s: Supervision, leave: () => void) {
    this.#s = s
    this.#leave = leave
    this.begin()
  }

  get millis(): number {
    return this.#millis
  }

  /** A server is on the line; trees of before it are attached to, not touched. What the one before it closed on leaving is open again. */
  end(millis: number): void {
    if (this.#s.closing?.isForGood === false) this.#s.closing = null
    this.#millis = Math.max(0, millis)
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** The line is down. */
  begin(): void {
    this.#timer = setTimeout(() => void this.#expire(), this.#millis)
  }

  async #expire(): Promise<void> {
    const timer = this.#timer
    // Who asked for no hold at all does not want to wait for good manners either.
    const hasty = this.#millis === 0 ? { atMost: crashBudgets } : {}
    await stopAll(this.#s, { reason: "server-lost", askedBy: "supervisor", from: null, saysFarewell: true, ...hasty })
    if (this.#timer !== timer) return
    if (this.#s.trees.size === 0) return this.#leave()
    this.#timer = setTimeout(() => this.#recheck(), recheckMillis)
  }

  /** What is stuck is tried again by the auditor. */
  #recheck(): void {
    if (this.#s.trees.size === 0) return this.#leave()
    this.#timer = setTimeout(() => this.#recheck(), recheckMillis)
  }
}
