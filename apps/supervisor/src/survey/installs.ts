// The Corrals of this machine, as far as we may read them: their own programs, and what their ledgers say of who is theirs.
// Only read, never made: a survey changes nothing.
import { readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { readLine, type Identity, type LedgerLine } from "../ledger-line.ts"
import type { Listed } from "../platform/containment.ts"
import { isRecord } from "../shape.ts"
import { bearsTokens } from "../tier.ts"
import { installOf } from "../token.ts"

/** A tree that a ledger knows of. `isOver`: it was seen gone, so whoever bears its token is a stray. */
export interface Ledgered {
  readonly home: string
  readonly treeId: string
  readonly serial: string
  readonly tier: string
  readonly provider: string
  readonly session: string | null
  readonly root: Identity | null
  readonly members: readonly Identity[]
  readonly isOver: boolean
}

export interface Install {
  readonly home: string
  /** As its tokens name it; null: not to be read. */
  readonly install: number | null
  readonly serverPid: number | null
  readonly trees: readonly Ledgered[]
}

const program = /(?:^|\/)supervisor(?:\.mjs|\/src\/main\.ts)$/

/** Which of Corral's own programs it is, and of which home; null: none. */
export function corralProgramOf(words: readonly string[]): { readonly role: string; readonly home: string | null } | null {
  const at = words.findIndex((word) => program.test(word))
  if (at < 0) return null
  const home = words[words.indexOf("--home", at) + 1]
  const isWatcher = words[0] !== undefined && /(?:^|\/)sh$/.test(words[0])
  const role = isWatcher ? "watcher" : words[at + 1] === "run" ? "corral run" : "supervisor"
  return { role, home: words.includes("--home", at) && home !== undefined ? home : null }
}

/** `ownHome` first; then those whose supervisors live. */
export function readInstalls(ownHome: string, listed: readonly Listed[]): readonly Install[] {
  const seen = listed.flatMap(({ words }) => corralProgramOf(words)?.home ?? [])
  const homes = new Set([ownHome, ...seen].flatMap((home) => [home, ...runsOf(home)]))
  return [...homes].map(readInstall)
}

/** A `corral run` has a home of its own, below the one it was started with. */
function runsOf(home: string): readonly string[] {
  const runs = join(home, "runs")
  try {
    return readdirSync(runs).map((name) => join(runs, name))
  } catch {
    return []
  }
}

/** The home that a person knows. */
export function homeForPeople(home: string): string {
  return basename(dirname(home)) === "runs" ? dirname(dirname(home)) : home
}

function readInstall(home: string): Install {
  const install = /^\d{1,10}\n$/.exec(read(join(home, "supervisor", "install")) ?? "")
  const ledger = read(join(home, "supervisor", "ledger.jsonl")) ?? ""
  const lines = ledger.split("\n").flatMap((raw): LedgerLine[] => {
    const line = raw === "" ? "torn" : readLine(raw)
    return typeof line === "string" ? [] : [line]
  })
  return { home, install: install && Number(install[0]), serverPid: readServerPid(home), trees: foldTrees(home, lines) }
}

/** What `Ledger` folds for a supervisor, and only what tells whose a process is. */
export function foldTrees(home: string, lines: readonly LedgerLine[]): readonly Ledgered[] {
  const trees = new Map<string, Ledgered>()
  const change = (treeId: string, news: Partial<Ledgered>): void => {
    const tree = trees.get(treeId)
    if (tree) trees.set(treeId, { ...tree, ...news })
  }
  for (const line of lines) {
    if (line.ev === "intended") {
      const { treeId, serial, tier, provider, session } = line
      trees.set(treeId, { home, treeId, serial, tier, provider, session, root: null, members: [], isOver: false })
    }
    if (line.ev === "tomb") {
      const { treeId, serial, tier, provider, sessions } = line
      trees.set(treeId, { home, treeId, serial, tier, provider, session: sessions[0] ?? null, root: null, members: [], isOver: true })
    }
    if (line.ev === "running") change(line.treeId, { root: line.root })
    if (line.ev === "members") change(line.treeId, { members: line.members })
    if (line.ev === "closed" || line.ev === "undone") change(line.treeId, { isOver: true })
    if (line.ev === "certified" && line.certificate.outcome === "gone") change(line.certificate.treeId, { isOver: true })
  }
  return [...trees.values()]
}

function readServerPid(home: string): number | null {
  try {
    const sign: unknown = JSON.parse(read(join(home, "server.json")) ?? "null")
    return isRecord(sign) && typeof sign["pid"] === "number" ? sign["pid"] : null
  } catch {
    return null
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return null
  }
}

/** To which Corral a process belongs by its own evidence. `home` null: one that is not known here. `tree` null: none that its home knows. */
export interface Belonging {
  readonly home: string | null
  readonly tree: Ledgered | null
  readonly evidence: string
}

/** The environment counts only where its tree bears no token, as in the supervisor itself. */
export function belongingOf(row: Listed, installs: readonly Install[]): Belonging | null {
  const trees = installs.flatMap((install) => install.trees)
  // The innermost Corral first: it is the one that started it.
  for (const token of [row.innermostToken, row.innerToken, row.token]) {
    if (token === null) continue
    const tree = trees.find(({ serial, tier }) => bearsTokens(tier) && serial === token)
    if (tree) return { home: tree.home, tree, evidence: "bears its token" }
    const install = installOf(token)
    const home = installs.find((each) => each.install === install)?.home ?? null
    if (install !== null) return { home, tree: null, evidence: "bears a token of it" }
  }
  const open = trees.filter(({ isOver, tier }) => !isOver && !bearsTokens(tier))
  const byCookie = open.find(({ treeId, serial }) => row.cookie === `${treeId}.${serial}`)
  if (byCookie) return { home: byCookie.home, tree: byCookie, evidence: "has its mark in the environment" }
  const isRow = (identity: Identity | null): boolean => identity?.pid === row.pid && identity.start === row.start
  const journalled = open.find(({ root, members }) => isRow(root) || members.some(isRow))
  return journalled ? { home: journalled.home, tree: journalled, evidence: "stands in its ledger" } : null
}
