// The stream of user messages that the SDK reads: it never ends by itself, for its end would end the agent's input.

export class Prompts<A> implements AsyncIterable<A> {
  readonly #waiting: A[] = []
  #wake: (() => void) | null = null
  #isClosed = false

  push(message: A): void {
    this.#waiting.push(message)
    this.#wake?.()
  }

  close(): void {
    this.#isClosed = true
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<A, void> {
    while (!this.#isClosed) {
      const message = this.#waiting.shift()
      if (message !== undefined) yield message
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
