// Runs something at most once per frame: the first time at once, then joined.

/** As often as a screen can use it. */
const frameMillis = 33

export class FrameRate {
  readonly #run: () => void
  #timer: NodeJS.Timeout | undefined
  #isWanted = false

  constructor(run: () => void) {
    this.#run = run
  }

  want(): void {
    this.#isWanted = true
    if (this.#timer === undefined) this.#frame()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#isWanted = false
  }

  #frame(): void {
    this.#timer = undefined
    if (!this.#isWanted) return
    this.#isWanted = false
    this.#timer = setTimeout(() => this.#frame(), frameMillis)
    this.#run()
  }
}
