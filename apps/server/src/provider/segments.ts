// Streamed text on two ways: live at once, and in whole segments for the store, each continuing where the last one ended.
import type { ItemId, TurnId } from "@corral/contracts/ids"
import type { AgentEvent } from "./provider.ts"

/** A segment is cut here, in UTF-16 units: many pages of the store, so that the one that is not full does not count. */
const maxSegmentChars = 32 * 1024
/** Text waits no longer than this for its segment. A crash of the server loses at most so much of an answer. */
const maxWaitMillis = 1000

export interface SaidRow {
  readonly itemId: ItemId
  readonly kind: "text" | "thinking"
  readonly turnId: TurnId | null
}

interface OpenRow extends SaidRow {
  /** Where the pending text begins. */
  offset: number
  pending: string
  waiting: NodeJS.Timeout | null
}

export class Segments {
  readonly #tell: (event: AgentEvent) => void
  readonly #open = new Map<ItemId, OpenRow>()

  constructor(tell: (event: AgentEvent) => void) {
    this.#tell = tell
  }

  append(said: SaidRow, text: string): void {
    if (text === "") return
    const row = this.#open.get(said.itemId) ?? this.#start(said)
    const { itemId, turnId, kind } = row
    this.#tell({ _tag: "live", live: { itemId, turnId, kind, offset: row.offset + row.pending.length, text } })
    row.pending += text
    while (row.pending.length >= maxSegmentChars) this.#cut(row, maxSegmentChars)
    row.waiting ??= setTimeout(() => this.#cut(row, row.pending.length), maxWaitMillis)
  }

  /** The row has ended: the rest goes to the store and the row is closed there. Not open: nothing happens. */
  close(itemId: ItemId): void {
    const row = this.#open.get(itemId)
    if (row === undefined) return
    this.#open.delete(itemId)
    this.#store(row, row.pending, true)
  }

  closeAll(): void {
    for (const itemId of this.#open.keys()) this.close(itemId)
  }

  #start(said: SaidRow): OpenRow {
    const row: OpenRow = { ...said, offset: 0, pending: "", waiting: null }
    this.#open.set(said.itemId, row)
    return row
  }

  #cut(row: OpenRow, length: number): void {
    // Half a character is no text: its first half waits for the second.
    const isTorn = /[\uD800-\uDBFF]$/.test(row.pending.slice(0, length))
    const text = row.pending.slice(0, isTorn ? length - 1 : length)
    if (text !== "") this.#store(row, text, false)
    else this.#rest(row)
  }

  #store(row: OpenRow, text: string, done: boolean): void {
    this.#rest(row)
    const { itemId, turnId, kind, offset } = row
    this.#tell({ _tag: "piece", piece: { _tag: kind, itemId, turnId, offset, text, done } })
    row.offset += text.length
    row.pending = row.pending.slice(text.length)
  }

  #rest(row: OpenRow): void {
    if (row.waiting !== null) clearTimeout(row.waiting)
    row.waiting = null
  }
}
