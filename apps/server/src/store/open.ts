// Opens the database of a home: private to its owner, durable at every commit, in the newest shape.
import { chmodSync, closeSync, openSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { migrate } from "./migrate.ts"
import { StoreFailed } from "./store-failed.ts"

/** How long a statement waits for another program's lock, blocking the server; longer is refused as `locked`. */
const lockWaitMillis = 250
/** A commit writes whole pages: with larger ones an order costs more, the more so the more threads there are (bench, dispatch). */
const pageBytes = 4096
/** The log is folded into the file about every 4 MB, and cut back to this size. */
const walPages = 1024
const walBytes = walPages * pageBytes

const settings = `
  PRAGMA page_size = ${pageBytes};
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA wal_autocheckpoint = ${walPages};
  PRAGMA journal_size_limit = ${walBytes};
`

export const databaseFile = (home: string): string => join(home, "corral.db")

/** Throws `StoreFailed`. */
export const openDatabase = (home: string): DatabaseSync => {
  const file = databaseFile(home)
  try {
    closeSync(openSync(file, "a", 0o600))
    chmodSync(file, 0o600)
    return prepared(file)
  } catch (cause) {
    throw StoreFailed.from(file, "open", cause)
  }
}

const prepared = (file: string): DatabaseSync => {
  const db = new DatabaseSync(file, { timeout: lockWaitMillis })
  try {
    db.exec(settings)
    migrate(db, file)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}
