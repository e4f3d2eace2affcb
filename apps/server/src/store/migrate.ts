// The shape of the database, as numbered steps. A step that was released is never edited; a new one is added at the end.
import type { DatabaseSync } from "node:sqlite"
import { column } from "./column.ts"
import { StoreFailed } from "./store-failed.ts"

const steps: readonly string[] = [
  `
  -- What happened, in one order. \`body\` is the event as JSON; everything else can be made from it again.
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY, thread TEXT, at INTEGER NOT NULL, command TEXT, type TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_of_thread ON events (thread, seq);

  -- What ends a turn or a runtime also closes its open rows.
  CREATE INDEX events_that_close ON events (thread, seq) WHERE type IN ('turn.completed', 'runtime.failed', 'runtime.stopped');

  -- Which events make which transcript row ('12,15,19'), so that a page reads only its own.
  CREATE TABLE rows (
    thread TEXT NOT NULL, item TEXT NOT NULL, place INTEGER NOT NULL, seqs TEXT NOT NULL, PRIMARY KEY (thread, item)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX rows_by_place ON rows (thread, place);

  CREATE TABLE threads (thread TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE projects (project TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;

  CREATE TABLE receipts (
    command TEXT PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL, asked_by TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX receipts_by_time ON receipts (at);

  CREATE TABLE outbox (n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;

  CREATE TABLE certificates (
    n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, ended INTEGER NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX certificates_by_time ON certificates (ended);
  CREATE TABLE certificate_threads (
    thread TEXT NOT NULL, n INTEGER NOT NULL REFERENCES certificates (n) ON DELETE CASCADE, PRIMARY KEY (thread, n)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
]

/** Brings the database to the newest shape, all or nothing. */
export const migrate = (db: DatabaseSync, file: string): void => {
  const version = column.integer(db.prepare("PRAGMA user_version").get() ?? {}, "user_version")
  if (version > steps.length) {
    throw new StoreFailed({ file, doing: "open", trouble: "newer", cause: new Error(`shape ${version}, known up to ${steps.length}`) })
  }
  // Also where there is nothing to do: a database that somebody else holds is found now and not at the first command.
  db.exec("BEGIN IMMEDIATE")
  try {
    for (const step of steps.slice(version)) db.exec(step)
    db.exec(`PRAGMA user_version = ${steps.length}`)
    db.exec("COMMIT")
  } catch (cause) {
    if (db.isTransaction) db.exec("ROLLBACK")
    throw cause
  }
}
