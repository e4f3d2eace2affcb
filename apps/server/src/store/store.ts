// What is on disk. Everything else of the server can be killed at any moment; what a transaction here has answered stays.
import { mkdirSync } from "node:fs"
import type { DatabaseSync } from "node:sqlite"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { certificates, type Certificates } from "./certificate.ts"
import { column } from "./column.ts"
import { eventLog, type EventLog } from "./event-log.ts"
import { lockHome, type HomeTaken } from "./lock.ts"
import { meta, type Meta } from "./meta.ts"
import { databaseFile, openDatabase } from "./open.ts"
import { outbox, type Outbox } from "./outbox.ts"
import { receipts, type Receipts } from "./receipt.ts"
import { rowIndex, type RowIndex } from "./row-index.ts"
import { snapshots, type Snapshots } from "./snapshot.ts"
import { StoreFailed } from "./store-failed.ts"

/** The tables, synchronous: to be used inside `read` or `transact` only. */
export interface Tables {
  readonly events: EventLog
  readonly rows: RowIndex
  readonly receipts: Receipts
  readonly outbox: Outbox
  readonly snapshots: Snapshots
  readonly certificates: Certificates
  readonly meta: Meta
  /** All of `work` or nothing of it, inside a transaction that goes on either way. */
  readonly apart: <A>(work: () => A) => A
}

type Work<A> = (tables: Tables) => A

export class Store extends Context.Service<
  Store,
  {
    readonly home: string
    readonly file: string
    /** All or nothing, and on disk when it comes back. `doing` completes "Could not … the file". */
    readonly transact: <A>(doing: string, work: Work<A>) => Result.Result<A, StoreFailed>
    /** Gives back what the write-ahead log takes on a full disk; whether it could. */
    readonly makeRoom: () => boolean
    readonly read: <A>(work: Work<A>) => Effect.Effect<A, StoreFailed>
    /** `transact` for those who are not on the hot path. */
    readonly write: <A>(work: Work<A>) => Effect.Effect<A, StoreFailed>
  }
>()("corral/Store") {
  /** Takes the home for this server alone, then opens its database. */
  static readonly layer = (home: string): Layer.Layer<Store, StoreFailed | HomeTaken> => Layer.effect(Store, open(home))
}

const open = Effect.fn("store.open")(function* (home: string): Effect.fn.Return<Store["Service"], StoreFailed | HomeTaken, Scope.Scope> {
  const file = databaseFile(home)
  const failed = (doing: string) => (cause: unknown) => StoreFailed.from(file, doing, cause)
  yield* Effect.try({ try: () => mkdirSync(home, { recursive: true, mode: 0o700 }), catch: failed("open") })
  yield* lockHome(home)
  const db = yield* Effect.acquireRelease(Effect.try({ try: () => openDatabase(home), catch: failed("open") }), (opened) =>
    Effect.sync(() => opened.close()),
  )
  const tables = yield* Effect.try({ try: () => tablesOf(db), catch: failed("open") })
  const transact = <A>(doing: string, work: Work<A>) =>
    Result.try({ try: () => inTransaction(db, () => work(tables)), catch: failed(doing) })
  return {
    home,
    file,
    transact,
    makeRoom: () => foldLog(db),
    read: (work) => Effect.try({ try: () => work(tables), catch: failed("read") }),
    write: (work) => Effect.suspend(() => Effect.fromResult(transact("write", work))),
  }
})

const tablesOf = (db: DatabaseSync): Tables => ({
  events: eventLog(db),
  rows: rowIndex(db),
  receipts: receipts(db),
  outbox: outbox(db),
  snapshots: snapshots(db),
  certificates: certificates(db),
  meta: meta(db),
  apart: savepoint(db),
})

const savepoint = (db: DatabaseSync): Tables["apart"] => {
  const begin = db.prepare("SAVEPOINT apart")
  const end = db.prepare("RELEASE apart")
  return (work) => {
    begin.run()
    try {
      const result = work()
      end.run()
      return result
    } catch (cause) {
      // Where the whole transaction was rolled back, there is no savepoint left.
      if (db.isTransaction) db.exec("ROLLBACK TO apart; RELEASE apart")
      throw cause
    }
  }
}

const foldLog = (db: DatabaseSync): boolean => {
  try {
    return column.integer(db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get() ?? {}, "busy") === 0
  } catch (cause) {
    if (StoreFailed.isTrouble(cause)) return false
    throw cause
  }
}

const inTransaction = <A>(db: DatabaseSync, work: () => A): A => {
  db.exec("BEGIN IMMEDIATE")
  try {
    const result = work()
    db.exec("COMMIT")
    return result
  } catch (cause) {
    // A full disk may have rolled back by itself.
    if (db.isTransaction) db.exec("ROLLBACK")
    throw cause
  }
}
