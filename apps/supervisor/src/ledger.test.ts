import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { TreeCertificate } from "@corral/contracts/certificate"
import type { SessionId, TreeId } from "@corral/contracts/ids"
import { sessionId, treeId } from "./contract.ts"
import { openLedger, type Ledger } from "./ledger.ts"
import type { Intended } from "./ledger-line.ts"

const idOf = (name: string): TreeId => {
  if (!treeId(name)) throw new Error(name)
  return name
}
const sessionOf = (name: string): SessionId => {
  if (!sessionId(name)) throw new Error(name)
  return name
}
const [tree, other] = [idOf("tre_1"), idOf("tre_2")]
const [session, second] = [sessionOf("thr_1.1"), sessionOf("thr_2.1")]

const intended = (over: Partial<Intended> = {}): Intended => ({
  ev: "intended",
  at: 1,
  treeId: tree,
  serial: "1152921504606846976",
  tier: "linux-token",
  boot: "boot-1",
  provider: "practice",
  session,
  cwd: "/",
  ...over,
})
const certificate = (over: Partial<TreeCertificate> = {}): TreeCertificate => ({
  certificateId: "crt_1",
  treeId: tree,
  sessions: [session],
  provider: "practice",
  reason: "archive",
  askedBy: "test",
  startedAt: 1,
  endedAt: 2,
  rungs: [{ name: "eof", millis: 1, left: 0 }],
  killed: [],
  freedBytes: 0,
  left: 0,
  survivors: [],
  untagged: 0,
  exit: null,
  tier: "linux-token",
  checkedAt: 2,
  outcome: "gone",
  ...over,
})

describe("the ledger", () => {
  let folder = ""
  let path = ""
  const open = (boot = "boot-1"): Ledger => openLedger(path, boot)

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "crl-"))
    path = join(folder, "ledger.jsonl")
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it("is readable by its owner alone", () => {
    open().append(intended())
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it("knows after a restart what was started and is not proved gone", () => {
    const before = open()
    before.append(intended())
    before.append({ ev: "running", treeId: tree, root: { pid: 10, start: 20 }, pgid: 10, sid: 10 })
    before.append({ ev: "joined", treeId: tree, session: second })
    before.append({ ev: "members", treeId: tree, members: [{ pid: 11, start: 21 }], sids: [10] })
    before.append({ ev: "members", treeId: tree, members: [{ pid: 12, start: 22 }], sids: [10, 12] })
    before.append(intended({ treeId: other, serial: "5" }))
    before.append({ ev: "undone", treeId: other })
    const { open: trees } = open()
    expect([...trees.keys()]).toEqual([tree])
    expect(trees.get(tree)).toMatchObject({
      root: { pid: 10 },
      sessions: [session, second],
      members: [{ pid: 12, start: 22 }],
      sids: [10, 12],
    })
  })

  it("passes over a torn last line and writes the next one whole", () => {
    open().append(intended())
    appendFileSync(path, '{"ev":"intended","at":3,"tree')
    const after = open()
    expect([...after.open.keys()]).toEqual([tree])
    after.append(intended({ treeId: other }))
    expect([...open().open.keys()]).toEqual([tree, other])
  })

  it("keeps a line that it does not understand, also when it is written anew", () => {
    const line = '{"ev":"levitated","treeId":"tre_1"}'
    writeFileSync(path, `${line}\n`)
    const ledger = open()
    ledger.append(intended())
    ledger.rotate()
    expect(readFileSync(path, "utf8").split("\n")).toContain(line)
  })

  it("numbers certificates on, over restarts and rotations", () => {
    open().append(intended())
    expect(open().certify(certificate())).toMatchObject({ seq: 1 })
    open().rotate()
    const ledger = open()
    expect(ledger.seq).toBe(1)
    ledger.append(intended({ treeId: other }))
    expect(ledger.certify(certificate({ treeId: other, certificateId: "crt_2" }))).toMatchObject({ seq: 2 })
    expect(
      open()
        .certificates(0, 10)
        .map(({ seq, certificate: each }) => [seq, each.certificateId]),
    ).toEqual([
      [1, "crt_1"],
      [2, "crt_2"],
    ])
    expect(open().certificates(1, 10)).toHaveLength(1)
    expect(open().certificates(0, 1)).toHaveLength(1)
  })

  it("gives the certificate of then for a tree and for a session", () => {
    const ledger = open()
    ledger.append(intended())
    ledger.certify(certificate())
    expect(ledger.certificateOf({ tree })?.certificateId).toBe("crt_1")
    expect(open().certificateOf({ session })?.certificateId).toBe("crt_1")
    expect(ledger.certificateOf({ session: second })).toBeNull()
  })

  it("keeps a tree open whose certificate says stuck", () => {
    const ledger = open()
    ledger.append(intended())
    ledger.certify(certificate({ outcome: "stuck", left: 1 }))
    expect(open().open.has(tree)).toBe(true)
  })

  it("takes a released session out of its tree, also after a rotation", () => {
    const ledger = open()
    ledger.append(intended())
    ledger.append({ ev: "joined", treeId: tree, session: second })
    ledger.certify(certificate({ outcome: "released", sessions: [session] }))
    ledger.rotate()
    expect(open().open.get(tree)?.sessions).toEqual([second])
    expect(open().certificates(0, 10)).toHaveLength(1)
  })

  it("recognises a late bearer of a finished tree's token until the next boot", () => {
    const { serial } = intended()
    const ledger = open()
    ledger.append(intended())
    ledger.certify(certificate())
    ledger.rotate()
    expect(open().tombOf(serial)).toMatchObject({ treeId: tree, sessions: [session] })
    expect(open().isUsed(serial)).toBe(true)
    expect(open().knows(tree)).toBe(true)
    expect(openLedger(path, "boot-2").tombOf(serial)).toBeUndefined()
  })

  it("is written anew before it grows without end, and loses no open tree by it", () => {
    const ledger = open()
    ledger.append(intended({ treeId: other, serial: "7" }))
    const killed = Array.from(
      { length: 1000 },
      (_, pid) => ({ pid, startedAt: 1, command: "x".repeat(200), signal: "KILL", evidence: "token" }) as const,
    )
    for (let n = 0; n < 25; n += 1) {
      const treeId = idOf(`tre_many_${n}`)
      ledger.append(intended({ treeId, serial: `8${n}` }))
      ledger.certify(certificate({ treeId, killed: n < 24 ? killed : [] }))
    }
    expect(ledger.seq).toBe(25)
    expect([...open().open.keys()]).toEqual([other])
    expect(open().seq).toBe(25)
    expect(statSync(path).size).toBeLessThan(5 * 1024 * 1024)
  })

  it("says why a line could not be written, and the next one is whole again", () => {
    const ledger = open()
    ledger.append(intended())
    ledger.close()
    expect(ledger.append(intended({ treeId: other }))).toMatch(/EBADF/)
    expect(ledger.open.has(other)).toBe(false)
  })
})
