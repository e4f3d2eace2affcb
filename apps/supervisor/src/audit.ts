// The auditor's clock: every 2 s while a tree or a stray lives, less often where looking is dear, and 1, 5 and 30 s after one is gone.
import { hasStuck } from "./stuck.ts"
import { audit } from "./sweep.ts"
import type { Supervision } from "./supervision.ts"

const auditMillis = 2000
/**
 * Of one core, for looking, as far as that is seen from inside: to wake a program that has rested can cost some times as much. On a machine
 * that is slow or full a look costs more, and is made less often; at last it is this often.
 */
const auditShare = 0.001
const mostMillis = 5000
/** Where nobody has come there is nobody to be found; one look in so many is made all the same. */
const looksWithoutNews = 15
const afterGoneMillis: readonly number[] = [1000, 5000, 30_000]
/** Of these looks the one that believes nothing. */
const fullAfterMillis = 5000

export class Auditor {
  readonly #s: Supervision
  #timer: NodeJS.Timeout
  #lastStrays = 0
  #quiet = 0
  #isBusy = false
  #isStopped = false

  constructor(s: Supervision) {
    this.#s = s
    this.#timer = this.#after(auditMillis)
  }

  /** A tree was proved gone: late bearers of its token are looked for. */
  lookAfterwards(): void {
    for (const millis of afterGoneMillis) setTimeout(() => void this.#audit(millis === fullAfterMillis), millis).unref()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  #after(millis: number): NodeJS.Timeout {
    return setTimeout(() => void this.#tick(), millis)
  }

  async #tick(): Promise<void> {
    const before = process.cpuUsage()
    let cost: number | null = null
    if (this.#isDue()) await this.#audit(false, () => (cost = millisSince(before)))
    if (!this.#isStopped) this.#timer = this.#after(restAfter(cost ?? millisSince(before)))
  }

  #isDue(): boolean {
    const { trees, strays } = this.#s
    if (trees.size === 0 && strays.size === 0 && this.#lastStrays === 0) return false
    // What is stuck is tried again all the time.
    const isQuiet = this.#lastStrays === 0 && !this.#s.containment.hasNews() && !hasStuck(this.#s)
    this.#quiet = isQuiet ? (this.#quiet + 1) % looksWithoutNews : 0
    return this.#quiet === 0
  }

  async #audit(full: boolean, onLooked: () => void = () => {}): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    await audit(this.#s, full, (count) => {
      onLooked()
      if (count !== null) this.#tellStrays(count)
    })
    this.#isBusy = false
  }

  /** When they are seen: to end them may take a while. */
  #tellStrays(count: number): void {
    if (count !== this.#lastStrays) this.#s.tell({ _tag: "strays", count, checkedAt: Date.now() })
    this.#lastStrays = count
  }
}

/** `cost`: what the look took of a core, in ms. */
function restAfter(cost: number): number {
  return Math.min(mostMillis, Math.max(auditMillis, cost / auditShare))
}

function millisSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
