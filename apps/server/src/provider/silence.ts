// Nothing comes from an agent in the middle of a turn: said after a while, ended after a long while. Providers hang for half an hour.
import type { Transcript } from "./transcript.ts"

/** A model may think for a minute without a word; two are worth a notice. */
const noticeMillis = 120_000
/** Claude Code's own limits for a stalled request were over 40 minutes. */
const endMillis = 600_000
const lookMillis = 5_000

export class Silence {
  readonly #transcript: Transcript
  readonly #end: () => void
  #heardAt = 0
  #isNoticed = false
  #looking: NodeJS.Timeout | null = null

  /** `end` is called once for a turn in which nothing came for too long. */
  constructor(transcript: Transcript, end: () => void) {
    this.#transcript = transcript
    this.#end = end
  }

  /** Something came. Called for each message: it must cost nothing. */
  heard(): void {
    this.#heardAt = performance.now()
  }

  /** A turn begins: from now on silence counts, until no turn runs any more. */
  watch(): void {
    this.heard()
    this.#isNoticed = false
    this.#looking ??= setInterval(() => this.#look(), lookMillis).unref()
  }

  /** A person has seen it, and gives it its whole time again. */
  waitOn(): void {
    this.heard()
    this.#isNoticed = false
  }

  stop(): void {
    if (this.#looking !== null) clearInterval(this.#looking)
    this.#looking = null
  }

  #look(): void {
    if (this.#transcript.turnId === null) return this.stop()
    // A command may run for hours, and a person may take as long to answer: neither is the agent's silence.
    if (this.#transcript.hasRunningTools || !this.#transcript.requests.isEmpty) return this.heard()
    const silentMillis = performance.now() - this.#heardAt
    if (silentMillis >= endMillis) {
      this.stop()
      return this.#end()
    }
    if (silentMillis < noticeMillis || this.#isNoticed) return
    this.#isNoticed = true
    const text = `Nothing has come from the agent for ${noticeMillis / 60_000} minutes.`
    this.#transcript.notice(
      "warning",
      text,
      `Its turn is ended after ${endMillis / 60_000} minutes of silence, unless you wait on; you can interrupt it now.`,
    )
  }
}

export const silenceSentence = `Nothing came from the agent for ${endMillis / 60_000} minutes, so its turn was ended.`
