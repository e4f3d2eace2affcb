// Streams from the server: watched again after each reconnect, from where the watcher says it has come.
import type { Refusal, StreamName, Streams } from "@corral/contracts/rpc"
import type { Refused, Disconnected } from "./errors.ts"
import type { AnswerFrame, Line, Part } from "./line.ts"

export interface Watcher<S extends StreamName> {
  readonly item: (item: Streams[S]["item"]) => void
  /** It was asked for: at first, and after each reconnect. What is called from here on is answered after the stream began: no gap. */
  readonly begin?: () => void
  /** The server ended it: null in peace. Not called for `unwatch`, nor when the line breaks: then it is watched again. */
  readonly end?: (refusal: Refusal | null) => void
}

interface Watched {
  readonly stream: StreamName
  /** Asked anew for each connection. */
  readonly takes: () => unknown
  readonly item: (item: unknown) => void
  readonly begin: () => void
  readonly end: (refusal: Refusal | null) => void
}

export class WatchPart implements Part {
  readonly #line: Line
  /** By the id under which each is known on this connection. */
  readonly #watched = new Map<number, Watched>()

  constructor(line: Line) {
    this.#line = line
  }

  /** Returns how to stop watching; the second time that does nothing. */
  watch<S extends StreamName>(stream: S, takes: () => Streams[S]["takes"], watcher: Watcher<S>): () => void {
    const watched: Watched = {
      stream,
      takes,
      item: (item) => {
        if (isItem(stream, item)) watcher.item(item)
      },
      begin: () => watcher.begin?.(),
      end: (refusal) => watcher.end?.(refusal),
    }
    this.#add(watched)
    return () => this.#remove(watched)
  }

  answer(frame: AnswerFrame): boolean {
    if (frame.id === null) return false
    const watched = this.#watched.get(frame.id)
    if (watched === undefined) return false
    if ("item" in frame) {
      watched.item(frame.item)
      return true
    }
    this.#watched.delete(frame.id)
    if ("end" in frame) watched.end(frame.end)
    if ("error" in frame) watched.end(frame.error)
    return true
  }

  up(): void {
    // One by one: a watcher that hears of its own beginning may let go of another that is not yet asked for again.
    const again = [...this.#watched]
    for (const [id, watched] of again) if (this.#watched.delete(id)) this.#add(watched)
  }

  down(): void {
    // They are kept, to be watched again.
  }

  over(error: Refused | Disconnected): void {
    const left = [...this.#watched.values()]
    this.#watched.clear()
    const refusal = "tag" in error ? { tag: error.tag, message: error.message } : null
    for (const watched of left) watched.end(refusal)
  }

  #add(watched: Watched): void {
    const id = this.#line.nextId()
    this.#watched.set(id, watched)
    if (!this.#line.isOpen()) return
    const refused = this.#line.send({ id, watch: watched.stream, with: watched.takes() })
    if (refused === undefined) return watched.begin()
    this.#watched.delete(id)
    watched.end({ tag: refused.tag, message: refused.message })
  }

  #remove(watched: Watched): void {
    for (const [id, one] of this.#watched) {
      if (one !== watched) continue
      this.#watched.delete(id)
      if (this.#line.isOpen()) this.#line.send({ id, unwatch: true })
    }
  }
}

/** The shape is trusted: hello has told that both sides speak the same version, and the server's types hold what it tells to it. */
function isItem<S extends StreamName>(_stream: S, item: unknown): item is Streams[S]["item"] {
  return item !== undefined
}
