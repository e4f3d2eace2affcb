// The answers that were given, by command id: a command that is sent again gets its first answer.
import type { DatabaseSync } from "node:sqlite"
import { Receipt } from "@corral/contracts/receipt"
import * as Schema from "effect/Schema"
import { column } from "./column.ts"

/** A client resends within minutes; a month is safe and bounds the table. */
export const receiptsKeptMillis = 30 * 24 * 3600 * 1000

export interface Given {
  readonly receipt: Receipt
  /** Of the command's content, so that an id cannot be used for something else. */
  readonly hash: string
  readonly at: number
  readonly askedBy: string
}

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Receipt))

export const receipts = (db: DatabaseSync) => {
  const insert = db.prepare("INSERT INTO receipts (command, hash, at, asked_by, body) VALUES (?, ?, ?, ?, ?)")
  const find = db.prepare("SELECT hash, body FROM receipts WHERE command = ?")
  const prune = db.prepare("DELETE FROM receipts WHERE at < ?")
  return {
    give: ({ receipt, hash, at, askedBy }: Given): void => void insert.run(receipt.commandId, hash, at, askedBy, JSON.stringify(receipt)),
    find: (commandId: string): { readonly receipt: Receipt; readonly hash: string } | undefined => {
      const found = find.get(commandId)
      return found && { hash: column.text(found, "hash"), receipt: decode(column.text(found, "body")) }
    },
    prune: (before: number): void => void prune.run(before),
  }
}
export type Receipts = ReturnType<typeof receipts>
