// Intents that were decided and not yet settled, in the order of their decisions.
import type { DatabaseSync } from "node:sqlite"
import { Intent } from "@corral/contracts/intent"
import * as Schema from "effect/Schema"
import { column } from "./column.ts"

/** `n` orders all intents of this home and is never used twice. */
export interface Owed {
  readonly n: number
  readonly at: number
  readonly intent: Intent
}

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Intent))

export const outbox = (db: DatabaseSync) => {
  const insert = db.prepare("INSERT INTO outbox (at, body) VALUES (?, ?)")
  const all = db.prepare("SELECT n, at, body FROM outbox ORDER BY n")
  const settle = db.prepare("DELETE FROM outbox WHERE n = ?")
  return {
    add: (at: number, intent: Intent): Owed => ({ n: Number(insert.run(at, JSON.stringify(intent)).lastInsertRowid), at, intent }),
    all: (): readonly Owed[] =>
      all.all().map((found) => ({
        n: column.integer(found, "n"),
        at: column.integer(found, "at"),
        intent: decode(column.text(found, "body")),
      })),
    settle: (n: number): void => void settle.run(n),
  }
}
export type Outbox = ReturnType<typeof outbox>
