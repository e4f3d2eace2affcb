// Which events make which transcript row. Text is stored once, in the events; a page reads only the events of its own rows.
import type { DatabaseSync, SQLOutputValue } from "node:sqlite"
import type { ThreadId } from "@corral/contracts/ids"
import { column } from "./column.ts"

/** A row's place in its transcript (the seq of its first event) and all events that touch it. */
export interface Indexed {
  readonly item: string
  readonly place: number
  readonly seqs: readonly number[]
}

const indexed = (found: Record<string, SQLOutputValue>): Indexed => ({
  item: column.text(found, "item"),
  place: column.integer(found, "place"),
  seqs: column.text(found, "seqs").split(",").map(Number),
})

export const rowIndex = (db: DatabaseSync) => {
  const touch = db.prepare(
    "INSERT INTO rows (thread, item, place, seqs) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET seqs = seqs || ',' || excluded.seqs",
  )
  const move = db.prepare(
    "INSERT INTO rows (thread, item, place, seqs) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET place = excluded.place, seqs = seqs || ',' || excluded.seqs",
  )
  const remove = db.prepare("DELETE FROM rows WHERE thread = ? AND item = ?")
  const before = db.prepare("SELECT place FROM rows WHERE thread = ? AND place < ? ORDER BY place DESC LIMIT 1 OFFSET ?")
  const between = db.prepare("SELECT item, place, seqs FROM rows WHERE thread = ? AND place >= ? AND place < ? ORDER BY place")
  const one = db.prepare("SELECT item, place, seqs FROM rows WHERE thread = ? AND item = ?")
  const drop = db.prepare("DELETE FROM rows WHERE thread = ?")
  return {
    touch: (thread: ThreadId, item: string, seq: number): void => void touch.run(thread, item, seq, String(seq)),
    /** As `touch`, and the row stands at this event's place from now on. */
    move: (thread: ThreadId, item: string, seq: number): void => void move.run(thread, item, seq, String(seq)),
    remove: (thread: ThreadId, item: string): void => void remove.run(thread, item),
    /** About `limit` rows before `place`: rows that began in one event share a place and are never parted. */
    page: (thread: ThreadId, place: number, limit: number): readonly Indexed[] => {
      const first = before.get(thread, place, limit - 1)
      return between.all(thread, first === undefined ? 0 : column.integer(first, "place"), place).map(indexed)
    },
    anyBefore: (thread: ThreadId, place: number): boolean => before.get(thread, place, 0) !== undefined,
    one: (thread: ThreadId, item: string): Indexed | undefined => {
      const found = one.get(thread, item)
      return found && indexed(found)
    },
    drop: (thread: ThreadId): void => void drop.run(thread),
  }
}
export type RowIndex = ReturnType<typeof rowIndex>
