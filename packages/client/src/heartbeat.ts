// Finds out that a line is dead though nothing closed it: a laptop slept, a tunnel went. Any word from the server is a sign of life.
import type { Timing } from "./timing.ts"

/** After so long without a word the server is asked for one. */
const quietMillis = 25_000
/** And this is how long it may take to answer: a busy machine is not a dead one. */
const answerMillis = 10_000
/** A timer later than this means that this machine slept, so the server had no chance to answer. */
const lateMillis = 2_000

export class Heartbeat {
  readonly #timing: Timing
  readonly #ends: { readonly probe: () => void; readonly dead: () => void }
  #heardAt = 0
  #cancel: () => void = () => {}

  constructor(timing: Timing, ends: { readonly probe: () => void; readonly dead: () => void }) {
    this.#timing = timing
    this.#ends = ends
  }

  start(): void {
    this.beat()
    this.#listen()
  }

  /** A word was heard. Cheap: no timer is touched. */
  beat(): void {
    this.#heardAt = this.#timing.now()
  }

  /** Asks now instead of when it has been quiet for long. */
  check(): void {
    this.#probe()
  }

  stop(): void {
    this.#cancel()
  }

  #listen(): void {
    const quietFor = this.#timing.now() - this.#heardAt
    if (quietFor >= quietMillis) return this.#probe()
    this.#arm(quietMillis - quietFor, () => this.#listen())
  }

  #probe(): void {
    const askedAt = this.#timing.now()
    this.#ends.probe()
    this.#arm(answerMillis, () => {
      if (this.#heardAt >= askedAt) return this.#listen()
      if (this.#timing.now() - askedAt > answerMillis + lateMillis) return this.#probe()
      this.#ends.dead()
    })
  }

  #arm(millis: number, run: () => void): void {
    this.#cancel()
    this.#cancel = this.#timing.setTimer(millis, run)
  }
}
