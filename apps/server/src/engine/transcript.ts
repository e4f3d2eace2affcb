// Rows of a transcript as they are read: by pages, each from the events of its own rows.
import type { Stored } from "@corral/contracts/event"
import type { ItemId, ThreadId } from "@corral/contracts/ids"
import type { Row } from "@corral/contracts/turn"
import { cutRow } from "@corral/domain/views/cut"
import { userRowId } from "@corral/domain/views/row-id"
import { foldRows, type Placed, type Transcript } from "@corral/domain/views/transcript"
import type { Indexed } from "../store/row-index.ts"
import type { Tables } from "../store/store.ts"

/** A page may have fewer rows than asked for, so that it stays well within a frame; in UTF-16 units. */
const maxPageChars = 2 * 1024 * 1024

export interface Page {
  readonly rows: readonly Placed[]
  readonly more: boolean
}

/** The last rows before `place`, oldest first. Rows that one event made are never parted. */
export const readPage = (
  tables: Tables,
  threadId: ThreadId,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Page => {
  const indexed = tables.rows.page(threadId, before ?? Number.MAX_SAFE_INTEGER, limit)
  const rows = fitting(readRows(tables, threadId, indexed).map(({ place, row }) => ({ place, row: cutRow(row) })))
  const first = rows[0]
  return { rows, more: first !== undefined && tables.rows.anyBefore(threadId, first.place) }
}

/** One row whole. */
export const readRow = (tables: Tables, threadId: ThreadId, itemId: ItemId): Row | undefined => {
  const indexed = tables.rows.one(threadId, itemId)
  return indexed && readRows(tables, threadId, [indexed])[0]?.row
}

const readRows = (tables: Tables, threadId: ThreadId, indexed: readonly Indexed[]): Transcript => {
  const first = indexed[0]
  const last = indexed.at(-1)
  if (first === undefined || last === undefined) return []
  const closing = tables.events.closing(threadId, first.place, last.place)
  const own = tables.events.some(indexed.flatMap(({ seqs }) => seqs))
  const wanted = new Set(indexed.map(({ item }) => item))
  const rows = inOrder([...own, ...closing, ...beginnings(tables, threadId, own)]).reduce(foldRows, [])
  return rows.filter(({ row }) => wanted.has(row.itemId))
}

/** How long a turn took is told by where it began, which may be pages away. */
const beginnings = (tables: Tables, threadId: ThreadId, own: readonly Stored[]): readonly Stored[] => {
  const turns = own.flatMap(({ event }) => (event._tag === "turn.completed" && event.turnId !== null ? [event.turnId] : []))
  const seqs = turns.flatMap((turnId) => tables.rows.one(threadId, userRowId(turnId))?.seqs ?? [])
  return seqs.length === 0 ? [] : tables.events.some(seqs)
}

const inOrder = (stored: readonly Stored[]): readonly Stored[] =>
  [...new Map(stored.map((entry) => [entry.seq, entry])).values()].toSorted((a, b) => a.seq - b.seq)

/** The newest rows that fit, at least those of the last event. */
const fitting = (rows: readonly Placed[]): readonly Placed[] => {
  let chars = 0
  const over = rows.findLastIndex(({ row }) => (chars += JSON.stringify(row).length) > maxPageChars)
  const limit = rows[over]?.place
  if (limit === undefined) return rows
  const last = rows.at(-1)?.place
  return rows.filter(({ place }) => place > limit || place === last)
}
