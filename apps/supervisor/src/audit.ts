// The auditor's clock: every 2 s while a tree lives, and 1, 5 and 30 s after one is gone.
import { audit } from "./sweep.ts"
import type { Supervision } from "./supervision.ts"

const auditMillis = 2000
/** A cheap look may miss a process whose number was reused; so every so many looks one reads everything anew. */
const fullEvery = 15
const afterGoneMillis: readonly number[] = [1000, 5000, 30_000]

export class Auditor {
  readonly #s: Supervision
  readonly #timer: NodeJS.Timeout
  #count = 0
  #lastStrays = 0
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
    if (this.#s.trees.size === 0 && this.#lastStrays === 0) return
    this.#count += 1
    void this.#audit(this.#count % fullEvery === 0)
  }

  async #audit(full: boolean): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    const count = await audit(this.#s, full)
    this.#isBusy = false
    if (count !== this.#lastStrays) this.#s.tell({ _tag: "strays", count, checkedAt: Date.now() })
    this.#lastStrays = count
  }
}
