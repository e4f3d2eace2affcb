// The auditor's clock: every 2 s while a tree or a stray lives, and 1, 5 and 30 s after one is gone.
import { hasStuck } from "./stuck.ts"
import { audit } from "./sweep.ts"
import type { Supervision } from "./supervision.ts"

const auditMillis = 2000
/** Where nobody has come there is nobody to be found; one look in so many is made all the same. */
const looksWithoutNews = 15
const afterGoneMillis: readonly number[] = [1000, 5000, 30_000]

export class Auditor {
  readonly #s: Supervision
  readonly #timer: NodeJS.Timeout
  #lastStrays = 0
  #quiet = 0
  #isBusy = false

  constructor(s: Supervision) {
    this.#s = s
    this.#timer = setInterval(() => this.#tick(), auditMillis)
  }

  /** A tree was proved gone: late bearers of its token are looked for. */
  lookAfterwards(): void {
    for (const millis of afterGoneMillis) setTimeout(() => void this.#audit(true), millis).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    const { trees, strays } = this.#s
    if (trees.size === 0 && strays.size === 0 && this.#lastStrays === 0) return
    // What is stuck is tried again all the time.
    const isQuiet = this.#lastStrays === 0 && !this.#s.containment.hasNews() && !hasStuck(this.#s)
    this.#quiet = isQuiet ? (this.#quiet + 1) % looksWithoutNews : 0
    if (this.#quiet > 0) return
    void this.#audit(false)
  }

  async #audit(full: boolean): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    await audit(this.#s, full, (count) => this.#tellStrays(count))
    this.#isBusy = false
  }

  /** When they are seen: to end them may take a while. */
  #tellStrays(count: number): void {
    if (count !== this.#lastStrays) this.#s.tell({ _tag: "strays", count, checkedAt: Date.now() })
    this.#lastStrays = count
  }
}
