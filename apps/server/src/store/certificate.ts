// The proofs of stops, kept for the `certificates` call.
import type { DatabaseSync } from "node:sqlite"
import { Certificate } from "@corral/contracts/certificate"
import type { Calls } from "@corral/contracts/rpc"
import * as Schema from "effect/Schema"
import { column } from "./column.ts"

/** The newest ones are kept; at a stop a minute this is two weeks. */
export const certificatesKept = 20_000
/** How far over that the table may grow before it is cut. */
const pruneEvery = 1_000

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Certificate))

const query = `
  SELECT body FROM certificates
  WHERE ended >= :since AND ended < :before AND (:reason IS NULL OR reason = :reason)
    AND (:thread IS NULL OR n IN (SELECT n FROM certificate_threads WHERE thread = :thread))
  ORDER BY ended DESC, n DESC LIMIT :limit`

export const certificates = (db: DatabaseSync) => {
  const insert = db.prepare("INSERT INTO certificates (id, ended, reason, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
  const link = db.prepare("INSERT INTO certificate_threads (thread, n) VALUES (?, ?) ON CONFLICT DO NOTHING")
  const prune = db.prepare("DELETE FROM certificates WHERE n <= ?")
  const one = db.prepare("SELECT body FROM certificates WHERE id = ?")
  const select = db.prepare(query)
  return {
    /** False: it was kept before. */
    keep: (certificate: Certificate): boolean => {
      const { certificateId, endedAt, reason, threadIds } = certificate
      const { changes, lastInsertRowid } = insert.run(certificateId, endedAt, reason, JSON.stringify(certificate))
      if (changes === 0) return false
      const n = Number(lastInsertRowid)
      for (const thread of threadIds) link.run(thread, n)
      if (n % pruneEvery === 0) prune.run(n - certificatesKept)
      return true
    },
    one: (certificateId: string): Certificate | undefined => {
      const found = one.get(certificateId)
      return found && decode(column.text(found, "body"))
    },
    /** Newest first. */
    list: ({ threadId, since, before, reason, limit }: Calls["certificates"]["takes"]): readonly Certificate[] =>
      select
        .all({ thread: threadId, since: since ?? 0, before: before ?? Number.MAX_SAFE_INTEGER, reason, limit })
        .map((found) => decode(column.text(found, "body"))),
  }
}
export type Certificates = ReturnType<typeof certificates>
