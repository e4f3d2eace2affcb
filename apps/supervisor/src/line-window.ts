// Output lines of one tree, numbered from 1 and kept until the server has acknowledged them.

/** Unacknowledged output over this stops the reading, so that the agent waits in its own write: nothing is lost, nothing grows. */
export const windowBytes = 8 * 1024 * 1024

export interface NumberedFrame {
  readonly n: number
  /** The frame as it goes to the server. */
  readonly bytes: Buffer
}

export class LineWindow {
  #frames: NumberedFrame[] = []
  /** Frames before this place are acknowledged; they are cut off together, since cutting one by one would cost the whole length each. */
  #from = 0
  #size = 0
  #last = 0

  /** The number that the next line will have. */
  get next(): number {
    return this.#last + 1
  }

  get isFull(): boolean {
    return this.#size >= windowBytes
  }

  get count(): number {
    return this.#frames.length - this.#from
  }

  get size(): number {
    return this.#size
  }

  add(bytes: Buffer): NumberedFrame {
    this.#last += 1
    const frame = { n: this.#last, bytes }
    this.#frames.push(frame)
    this.#size += bytes.length
    return frame
  }

  /** Lines up to `n` will not be asked for again. */
  acknowledge(n: number): void {
    for (let first = this.#frames[this.#from]; first && first.n <= n; first = this.#frames[this.#from]) {
      this.#size -= first.bytes.length
      this.#from += 1
    }
    if (this.#from * 2 < this.#frames.length) return
    this.#frames = this.#frames.slice(this.#from)
    this.#from = 0
  }

  after(n: number): readonly NumberedFrame[] {
    return this.#frames.slice(this.#from).filter((frame) => frame.n > n)
  }
}
