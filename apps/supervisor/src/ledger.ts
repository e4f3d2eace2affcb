// The ledger: what was started and is not yet proved gone. Lines are only ever appended, each on the disk before it matters.
import { closeSync, existsSync, fdatasyncSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import type { TreeCertificate } from "@corral/contracts/certificate"
import type { SessionId, TreeId } from "@corral/contracts/ids"
import { readLine, type Identity, type Intended, type LedgerLine, type Tomb } from "./ledger-line.ts"

/** A ledger over this is written anew with what still matters. */
const rotateBytes = 4 * 1024 * 1024
/** For servers that were away; a server keeps its own copy of each certificate. Whichever bound is met first. */
const keptCertificates = 1000
const keptCertificateBytes = 2 * 1024 * 1024
/** A token that is forgotten is still known as one of this install. */
const keptTombs = 10_000
/** Lines of a newer Corral. */
const keptUnknown = 1000

/** A tree that was not yet proved gone, as the ledger tells it. */
export interface Entry {
  readonly intended: Intended
  readonly root: Identity | null
  readonly sessions: readonly SessionId[]
  readonly members: readonly Identity[]
  readonly sids: readonly number[]
  readonly lines: readonly string[]
  /** The last line of its members; earlier ones are nothing any more. */
  readonly membersLine: string | null
}

interface Kept {
  readonly seq: number
  readonly treeId: TreeId
  readonly sessions: readonly SessionId[]
  readonly raw: string
}

export interface Numbered {
  readonly seq: number
  readonly certificate: TreeCertificate
}

/** Throws where the file cannot be opened. A torn last line is passed over, an unknown line is kept. `boot`: tombs of other boots are forgotten. */
export function openLedger(path: string, boot: string): Ledger {
  return new Ledger(path, boot)
}

export class Ledger {
  readonly #path: string
  readonly #boot: string
  readonly #open = new Map<TreeId, Entry>()
  readonly #tombs = new Map<TreeId, Tomb>()
  readonly #serials = new Map<string, TreeId>()
  readonly #certificates: Kept[] = []
  #certificateBytes = 0
  #unknown: string[] = []
  #seq = 0
  #file: number
  #size = 0
  #rotateAt = rotateBytes
  #isTorn = false

  constructor(path: string, boot: string) {
    this.#path = path
    this.#boot = boot
    const isNew = !existsSync(path)
    this.#file = openSync(path, "a", 0o600)
    if (isNew) syncFolder(path)
    const content = readFileSync(path, "utf8")
    for (const raw of content.split("\n")) if (raw !== "") this.#read(raw)
    this.#size = Buffer.byteLength(content)
    this.#isTorn = content !== "" && !content.endsWith("\n")
  }

  get open(): ReadonlyMap<TreeId, Entry> {
    return this.#open
  }

  /** The number of the last certificate. */
  get seq(): number {
    return this.#seq
  }

  knows(treeId: TreeId): boolean {
    return this.#open.has(treeId) || this.#tombs.has(treeId) || this.#certificates.some((kept) => kept.treeId === treeId)
  }

  isUsed(serial: string): boolean {
    return this.#serials.has(serial)
  }

  /** The tree that once bore this token. */
  tombOf(serial: string): Tomb | undefined {
    const treeId = this.#serials.get(serial)
    return treeId === undefined ? undefined : this.#tombs.get(treeId)
  }

  /** On the disk when it returns null; else why it could not be written. */
  append(line: LedgerLine): string | null {
    const raw = JSON.stringify(line)
    const problem = this.#write(raw)
    if (problem === null) this.#apply(line, raw)
    return problem
  }

  /** Gives a certificate its number and keeps it; a text: why it could not be written. */
  certify(certificate: TreeCertificate): Numbered | string {
    const seq = this.#seq + 1
    const problem = this.append({ ev: "certified", seq, certificate })
    if (problem !== null) return problem
    if (this.#size > this.#rotateAt) this.rotate()
    return { seq, certificate }
  }

  /** Oldest first. */
  certificates(after: number, most: number): readonly Numbered[] {
    const wanted = this.#certificates.filter((kept) => kept.seq > after).slice(0, most)
    return wanted.flatMap((kept) => certificateIn(kept))
  }

  /** The last one of a tree, or of a session. */
  certificateOf(target: { readonly tree: TreeId } | { readonly session: SessionId }): TreeCertificate | null {
    const kept = this.#certificates.findLast((each) =>
      "tree" in target ? each.treeId === target.tree : each.sessions.includes(target.session),
    )
    return (kept && certificateIn(kept)[0]?.certificate) ?? null
  }

  /** Writes the file anew: open trees, tombs of this boot, the last certificates, what was not understood. The old one stays if that fails. */
  rotate(): void {
    const lines = [
      ...[...this.#tombs.values()].map((tomb) => JSON.stringify(tomb)),
      ...[...this.#open.values()].flatMap(({ lines, membersLine }) => (membersLine === null ? lines : [...lines, membersLine])),
      ...this.#unknown,
      ...this.#certificates.map((kept) => kept.raw),
      JSON.stringify({ ev: "rotated", seq: this.#seq, at: Date.now() } satisfies LedgerLine),
    ]
    const content = `${lines.join("\n")}\n`
    try {
      writeFileSync(`${this.#path}.new`, content, { mode: 0o600, flush: true })
      renameSync(`${this.#path}.new`, this.#path)
      syncFolder(this.#path)
      closeSync(this.#file)
      this.#file = openSync(this.#path, "a", 0o600)
      this.#size = Buffer.byteLength(content)
      this.#isTorn = false
      this.#rotateAt = Math.max(rotateBytes, 2 * this.#size)
    } catch {
      // A full disk: the old file goes on, and the next certificate tries again.
    }
  }

  close(): void {
    closeSync(this.#file)
  }

  /** After a write that broke off, the next line begins on a new one. */
  #write(raw: string): string | null {
    const bytes = Buffer.from(`${this.#isTorn ? "\n" : ""}${raw}\n`)
    try {
      const written = writeSync(this.#file, bytes)
      this.#size += written
      this.#isTorn = written < bytes.length
      if (this.#isTorn) return "the disk took only a part of the line"
      fdatasyncSync(this.#file)
      return null
    } catch (error) {
      this.#isTorn = true
      return error instanceof Error ? error.message : String(error)
    }
  }

  #read(raw: string): void {
    const line = readLine(raw)
    if (line === "unknown") this.#unknown = [...this.#unknown, raw].slice(-keptUnknown)
    else if (line !== "torn") this.#apply(line, raw)
  }

  #apply(line: LedgerLine, raw: string): void {
    switch (line.ev) {
      case "intended": {
        const sessions = line.session === null ? [] : [line.session]
        this.#open.set(line.treeId, { intended: line, root: null, sessions, members: [], sids: [], lines: [raw], membersLine: null })
        this.#serials.set(line.serial, line.treeId)
        return
      }
      case "running":
        return this.#amend(line.treeId, raw, () => ({ root: line.root, sids: line.sid === null ? [] : [line.sid] }))
      case "joined":
        return this.#amend(line.treeId, raw, (entry) => ({ sessions: [...entry.sessions, line.session] }))
      case "members":
        return this.#amend(line.treeId, null, () => ({ members: line.members, sids: line.sids, membersLine: raw }))
      case "stopping":
        return this.#amend(line.treeId, raw, () => ({}))
      case "undone":
      case "closed":
        return this.#bury(line.treeId, [])
      case "certified":
        return this.#applyCertificate(line, raw)
      case "tomb":
        if (line.boot === this.#boot) this.#keepTomb(line)
        return
      case "rotated":
        this.#seq = Math.max(this.#seq, line.seq)
    }
  }

  /** `raw` null: the line is kept elsewhere. */
  #amend(treeId: TreeId, raw: string | null, change: (entry: Entry) => Partial<Entry>): void {
    const entry = this.#open.get(treeId)
    if (!entry) return
    const lines = raw === null ? entry.lines : [...entry.lines, raw]
    this.#open.set(treeId, { ...entry, ...change(entry), lines })
  }

  #applyCertificate({ seq, certificate }: Numbered, raw: string): void {
    const { treeId, sessions, outcome } = certificate
    this.#seq = Math.max(this.#seq, seq)
    this.#certificates.push({ seq, treeId, sessions, raw })
    this.#certificateBytes += raw.length
    while (
      this.#certificates.length > keptCertificates ||
      (this.#certificates.length > 1 && this.#certificateBytes > keptCertificateBytes)
    ) {
      this.#certificateBytes -= this.#certificates.shift()?.raw.length ?? 0
    }
    if (outcome === "gone") return this.#bury(treeId, sessions)
    if (outcome === "released") {
      return this.#amend(treeId, null, (entry) => ({ sessions: entry.sessions.filter((session) => !sessions.includes(session)) }))
    }
  }

  #bury(treeId: TreeId, sessions: readonly SessionId[]): void {
    const entry = this.#open.get(treeId)
    if (!entry) return
    this.#open.delete(treeId)
    const { serial, boot, tier, provider } = entry.intended
    if (boot === this.#boot) this.#keepTomb({ ev: "tomb", treeId, serial, boot, tier, provider, sessions })
    else this.#serials.delete(serial)
  }

  #keepTomb(tomb: Tomb): void {
    this.#tombs.set(tomb.treeId, tomb)
    this.#serials.set(tomb.serial, tomb.treeId)
    const [oldest] = this.#tombs.values()
    if (this.#tombs.size <= keptTombs || !oldest) return
    this.#tombs.delete(oldest.treeId)
    this.#serials.delete(oldest.serial)
  }
}

function certificateIn(kept: Kept): Numbered[] {
  const line = readLine(kept.raw)
  return typeof line === "object" && line.ev === "certified" ? [{ seq: line.seq, certificate: line.certificate }] : []
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), "r")
  fsyncSync(folder)
  closeSync(folder)
}
