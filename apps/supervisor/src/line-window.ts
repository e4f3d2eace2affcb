// Output lines of one tree, numbered from 1. Kept until the server has acknowledged them, and beyond that back to its bookmark,
// from where a next server would have to read again.

/** Unacknowledged output over this stops the reading, so that the agent waits in its own write: nothing is lost, nothing grows. */
export const windowBytes = 8 * 1024 * 1024
/** Acknowledged output that is kept for a next server. Over it the oldest goes, and nobody can take the tree over before the next bookmark. */
export const keptBytes = 16 * 1024 * 1024

export interface NumberedFrame {
  readonly n: number
  /** The frame as it goes to the server. */
  readonly bytes: Buffer
}

export class LineWindow {
  #frames: NumberedFrame[] = []
  /** Frames before this place are let go of; they are cut off together, since cutting one by one would cost the whole length each. */
  #first = 0
  /** Frames before this place are acknowledged. */
  #unread = 0
  #unreadSize = 0
  #keptSize = 0
  #last = 0
  #bookmark = 0
  #forgotten = 0

  /** The number that the next line will have. */
  get next(): number {
    return this.#last + 1
  }

  get isFull(): boolean {
    return this.#unreadSize >= windowBytes
  }

  /** Lines that are not acknowledged, and their bytes. */
  get count(): number {
    return this.#frames.length - this.#unread
  }

  get size(): number {
    return this.#unreadSize
  }

  /** After this line a next server reads on; null: some of it is not kept any more. */
  get bookmark(): number | null {
    return this.#forgotten > this.#bookmark ? null : this.#bookmark
  }

  add(bytes: Buffer): NumberedFrame {
    this.#last += 1
    const frame = { n: this.#last, bytes }
    this.#frames.push(frame)
    this.#unreadSize += bytes.length
    return frame
  }

  /** The server has taken the lines up to `n`. */
  acknowledge(n: number): void {
    for (let next = this.#frames[this.#unread]; next && next.n <= n; next = this.#frames[this.#unread]) {
      this.#unreadSize -= next.bytes.length
      this.#keptSize += next.bytes.length
      this.#unread += 1
    }
    while (this.#keptSize > keptBytes) this.#forgotten = this.#letGo()
    this.#compact()
  }

  /** Lines up to `n` are done with for good: no server will ask for them again. */
  moveBookmark(n: number): void {
    this.acknowledge(n)
    this.#bookmark = Math.max(this.#bookmark, Math.min(n, this.#last))
    while (this.#first < this.#unread && (this.#frames[this.#first]?.n ?? 0) <= this.#bookmark) this.#letGo()
    this.#compact()
  }

  after(n: number): readonly NumberedFrame[] {
    return this.#frames.slice(this.#first).filter((frame) => frame.n > n)
  }

  #letGo(): number {
    const frame = this.#frames[this.#first]
    this.#first += 1
    this.#keptSize -= frame?.bytes.length ?? 0
    return frame?.n ?? 0
  }

  #compact(): void {
    if (this.#first * 2 < this.#frames.length) return
    this.#frames = this.#frames.slice(this.#first)
    this.#unread -= this.#first
    this.#first = 0
  }
}
