// Text on its way from agents to screens: joined over a frame, never stored, and let go of when the whole text is an event.
import type { Stored, ThreadEvent } from "@corral/contracts/event"
import type { ThreadId } from "@corral/contracts/ids"
import type { Live } from "@corral/contracts/rpc"
import type { Piece } from "@corral/contracts/turn"

/** One message per frame of a screen is all that an eye can use. */
const frameMillis = 20
/** What is kept of one open row beyond its stored text; older text comes with its event. */
const maxOpenChars = 64 * 1024
/** Open rows of one thread; the oldest is let go of. */
const maxOpenRows = 64

export interface LivePieces {
  readonly threadId: ThreadId
  readonly pieces: readonly Live[]
}

type Rows = Map<string, Live>

export class LiveText {
  /** Per thread and row: the text that no event has yet. */
  readonly #open = new Map<ThreadId, Rows>()
  /** Per thread: what the next frame will tell. */
  readonly #next = new Map<ThreadId, Live[]>()
  readonly #tell: (pieces: LivePieces) => void

  constructor(tell: (pieces: LivePieces) => void) {
    this.#tell = tell
  }

  add(threadId: ThreadId, pieces: readonly Live[]): void {
    const rows = this.#open.get(threadId) ?? new Map<string, Live>()
    this.#open.set(threadId, rows)
    for (const piece of pieces) grow(rows, piece)
    const next = this.#next.get(threadId)
    if (next === undefined) setTimeout(() => this.#frame(threadId), frameMillis)
    this.#next.set(threadId, pieces.reduce(join, next ?? []))
  }

  /** Others have been told all of it when this comes back. */
  open(threadId: ThreadId): readonly Live[] {
    this.#frame(threadId)
    return [...(this.#open.get(threadId)?.values() ?? [])]
  }

  /** Events have come: the text that they carry is live no more. */
  settle(stored: readonly Stored[]): void {
    for (const { event } of stored) {
      if (!("threadId" in event)) continue
      const rows = this.#open.get(event.threadId)
      if (rows === undefined) continue
      // What was on its way goes first, so that nobody gets text after the event that carries it.
      this.#frame(event.threadId)
      settleRows(rows, event)
      if (rows.size === 0) this.#open.delete(event.threadId)
    }
  }

  #frame(threadId: ThreadId): void {
    const pieces = this.#next.get(threadId)
    this.#next.delete(threadId)
    if (pieces !== undefined) this.#tell({ threadId, pieces })
  }
}

const endOf = (live: Live): number => live.offset + live.text.length

const follows = (before: Live, piece: Live): boolean =>
  before.itemId === piece.itemId && before.kind === piece.kind && endOf(before) === piece.offset

const join = (pieces: Live[], piece: Live): Live[] => {
  const last = pieces.findLastIndex((other) => other.itemId === piece.itemId)
  const before = pieces[last]
  if (before !== undefined && follows(before, piece)) pieces[last] = { ...before, text: before.text + piece.text }
  else pieces.push(piece)
  return pieces
}

const grow = (rows: Rows, piece: Live): void => {
  const before = rows.get(piece.itemId)
  const whole = before !== undefined && follows(before, piece) ? { ...before, text: before.text + piece.text } : piece
  rows.set(piece.itemId, from(whole, endOf(whole) - maxOpenChars))
  const oldest = rows.size > maxOpenRows ? rows.keys().next().value : undefined
  if (oldest !== undefined) rows.delete(oldest)
}

/** The part of a text that begins at `offset`. */
const from = (live: Live, offset: number): Live =>
  offset <= live.offset ? live : { ...live, offset, text: live.text.slice(offset - live.offset) }

const settleRows = (rows: Rows, event: ThreadEvent): void => {
  if (event._tag === "turn.recorded") for (const piece of event.pieces) shrink(rows, piece)
  if (event._tag === "turn.completed") for (const row of rows.values()) if (row.turnId === event.turnId) rows.delete(row.itemId)
  if (event._tag === "runtime.stopped" || event._tag === "thread.deleted") rows.clear()
}

const shrink = (rows: Rows, piece: Piece): void => {
  if (piece._tag === "tool-ended") return void rows.delete(piece.itemId)
  if (piece._tag !== "text" && piece._tag !== "thinking") return
  const row = rows.get(piece.itemId)
  if (row === undefined) return
  const stored = piece.offset + piece.text.length
  if (piece.done || stored >= endOf(row)) rows.delete(piece.itemId)
  else rows.set(piece.itemId, from(row, stored))
}
