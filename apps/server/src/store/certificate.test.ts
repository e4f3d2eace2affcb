import type { Certificate } from "@corral/contracts/certificate"
import { ThreadId } from "@corral/contracts/ids"
import type { Calls } from "@corral/contracts/rpc"
import { assert, describe, it } from "@effect/vitest"
import { DatabaseSync } from "node:sqlite"
import { certificate } from "./certificate.test-support.ts"
import { certificates, certificatesKept } from "./certificate.ts"
import { migrate } from "./migrate.ts"

const fresh = () => {
  const db = new DatabaseSync(":memory:")
  migrate(db, ":memory:")
  return Object.assign(certificates(db), {
    skipTo: (n: number) => db.exec(`UPDATE sqlite_sequence SET seq = ${n} WHERE name = 'certificates'`),
  })
}

const all: Calls["certificates"]["takes"] = { threadId: null, since: null, before: null, reason: null, limit: 1000 }
const ids = (list: readonly Certificate[]) => list.map(({ certificateId }) => certificateId)

describe("certificates", () => {
  it("are kept once", () => {
    const table = fresh()
    assert.isTrue(table.keep(certificate(1)))
    assert.isFalse(table.keep(certificate(1)))
    assert.deepStrictEqual(table.one("crt_1"), certificate(1))
    assert.isUndefined(table.one("crt_2"))
  })

  it("say what could not be seen, where they are new enough to know", () => {
    const table = fresh()
    table.keep(certificate(1))
    table.keep(certificate(2, { unseen: "/proc hides somebody" }))
    assert.deepStrictEqual(
      table.list(all).map(({ unseen }) => unseen),
      ["/proc hides somebody", undefined],
    )
  })

  it("are listed newest first, by thread, reason and time", () => {
    const table = fresh()
    for (const n of [3, 1, 2, 4]) table.keep(certificate(n, n === 4 ? { reason: "archive" } : {}))
    assert.deepStrictEqual(ids(table.list(all)), ["crt_4", "crt_3", "crt_2", "crt_1"])
    assert.deepStrictEqual(ids(table.list({ ...all, limit: 2 })), ["crt_4", "crt_3"])
    assert.deepStrictEqual(ids(table.list({ ...all, threadId: ThreadId.make("thr_1") })), ["crt_3", "crt_1"])
    assert.deepStrictEqual(ids(table.list({ ...all, reason: "archive" })), ["crt_4"])
    assert.deepStrictEqual(ids(table.list({ ...all, since: 2, before: 4 })), ["crt_3", "crt_2"])
  })

  it("are not kept without end: the oldest ones go", () => {
    const table = fresh()
    for (const n of [1, 2, 3]) table.keep(certificate(n))
    table.skipTo(certificatesKept + 999)
    table.keep(certificate(4))
    assert.deepStrictEqual(ids(table.list(all)), ["crt_4"])
    assert.deepStrictEqual(ids(table.list({ ...all, threadId: ThreadId.make("thr_1") })), [])
  })
})
