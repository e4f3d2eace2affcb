// The log of what happened, and which of its events make which transcript row.
import type { DatabaseSync, SQLOutputValue } from "node:sqlite"
import { Event, type Stored } from "@corral/contracts/event"
import type { ThreadId } from "@corral/contracts/ids"
import * as Schema from "effect/Schema"
import { column } from "./column.ts"
import { meta } from "./meta.ts"

/** As in the index `events_that_close`: the event types of `closesRows` in the domain. */
const closers = "'turn.completed', 'runtime.failed', 'runtime.stopped'"

/** The highest number at the last drop: the rows that bore it may be gone, and a number names one event for ever. */
const lastSeqKey = "last-seq"

const decode = Schema.decodeUnknownSync(Event)

const stored = (found: Record<string, SQLOutputValue>): Stored => ({
  seq: column.integer(found, "seq"),
  at: column.integer(found, "at"),
  event: decode(JSON.parse(column.text(found, "body"))),
})

const threadOf = (event: Event): ThreadId | null => ("threadId" in event ? event.threadId : null)

export const eventLog = (db: DatabaseSync) => {
  const insert = db.prepare("INSERT INTO events (seq, thread, at, command, type, body) VALUES (?, ?, ?, ?, ?, ?)")
  const last = db.prepare("SELECT coalesce(max(seq), 0) AS seq FROM events")
  const since = db.prepare("SELECT seq, at, body FROM events WHERE seq > ? ORDER BY seq")
  const after = db.prepare("SELECT seq, at, body FROM events WHERE thread = ? AND seq > ? ORDER BY seq LIMIT ?")
  const some = db.prepare("SELECT seq, at, body FROM events WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq")
  const closing = db.prepare(`
    SELECT seq, at, body FROM events WHERE thread = :thread AND type IN (${closers}) AND seq > :from
      AND seq <= coalesce((SELECT min(seq) FROM events WHERE thread = :thread AND type IN (${closers}) AND seq > :to), :to)
    ORDER BY seq`)
  const drop = db.prepare("DELETE FROM events WHERE thread = ?")
  const facts = meta(db)
  const lastSeq = () => Math.max(column.integer(last.get() ?? {}, "seq"), Number(facts.get(lastSeqKey) ?? 0))
  return {
    append: (entry: Stored, command: string | null): void => {
      insert.run(entry.seq, threadOf(entry.event), entry.at, command, entry.event._tag, JSON.stringify(entry.event))
    },
    /** Of all events that there ever were: the next one gets the number after it. */
    lastSeq,
    /** Everything after this number, one by one: what snapshots do not have yet. 0: the whole log. */
    since: function* (seq: number): Generator<Stored> {
      for (const found of since.iterate(seq)) yield stored(found)
    },
    after: (thread: ThreadId, seq: number, limit: number): readonly Stored[] => after.all(thread, seq, limit).map(stored),
    some: (seqs: readonly number[]): readonly Stored[] => some.all(JSON.stringify(seqs)).map(stored),
    /** What closes rows from `from` on, up to the first such event after `to`. */
    closing: (thread: ThreadId, from: number, to: number): readonly Stored[] => closing.all({ thread, from, to }).map(stored),
    drop: (thread: ThreadId): void => {
      facts.set(lastSeqKey, String(lastSeq()))
      drop.run(thread)
    },
  }
}
export type EventLog = ReturnType<typeof eventLog>
