// A supervision over a pretended machine: its processes are rows of a map and leave it when they are signalled, unless they are told to
// stay. Ledger, ladders and evidence are the real ones.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { SessionId, TreeId } from "@corral/contracts/ids"
import { sessionId, treeId } from "./contract.ts"
import { superviseWith } from "./establish.ts"
import { openLedger } from "./ledger.ts"
import type { Containment, Mark, Row, Sent, Sighted, Sighting, Strike } from "./platform/containment.ts"
import { pass, type Fresh, untold } from "./platform/evidence.ts"
import { noLeaves } from "./platform/leaves.ts"
import type { Supervision } from "./supervision.ts"
import { markOf, newTree, type Tree } from "./tree.ts"

export const treeOf = (name: string): TreeId => {
  const id = `tre_${name}`
  if (!treeId(id)) throw new Error(id)
  return id
}
export const sessionOf = (name: string): SessionId => {
  const id = `thr_${name}.1`
  if (!sessionId(id)) throw new Error(id)
  return id
}
export const rowOf = (pid: number, over: Partial<Row> = {}): Row => ({
  pid,
  ppid: 1,
  pgid: pid,
  sid: pid,
  start: pid * 10,
  startedAt: pid,
  name: "sh",
  token: null,
  innerToken: null,
  innermostToken: null,
  cookie: null,
  leaf: null,
  ...over,
})

interface Machine {
  readonly rows: Map<number, Row>
  /** They stay, whatever is sent to them. */
  readonly deaf: Set<number>
  /** Looks fail, and see nobody. */
  isBlind: boolean
  /** Somebody may have come since the last look. */
  hasNews: boolean
  /** Each look that was made, and whether it was a full one. */
  readonly looks: boolean[]
}

export interface Pretended extends Machine {
  readonly s: Supervision
  /** A tree that runs, written down, with one process under its token. */
  readonly tree: (name: string, pid: number) => Tree
  readonly certificates: () => readonly string[]
  readonly drop: () => void
}

/** `identify`: what is said of a process that is really started. */
export function pretend(identify: (pid: number) => Row | null = () => null): Pretended {
  const folder = mkdtempSync(join(tmpdir(), "crl-"))
  const machine: Machine = { rows: new Map(), deaf: new Set(), looks: [], isBlind: false, hasNews: true }
  const containment = contain(machine, identify)
  const path = join(folder, "ledger.jsonl")
  const ledger = openLedger(path, containment.boot)
  const home = { folder, socket: join(folder, "s"), lock: join(folder, "lock"), ledger: path, struck: join(folder, "struck"), install: 7 }
  const hooks = { armed: async () => true, onGone: () => {} }
  const s = superviseWith({ home, lock: { release: () => {} }, containment, ledger }, hooks)
  return Object.assign(machine, {
    s,
    tree: (name: string, pid: number) => runTree(s, { name, pid, rows: machine.rows }),
    certificates: () => ledger.certificates(0, 100).map(({ certificate: { treeId: id, reason, outcome } }) => `${id} ${reason} ${outcome}`),
    drop: () => {
      ledger.close()
      rmSync(folder, { recursive: true })
    },
  })
}

function contain(machine: Machine, identify: (pid: number) => Row | null): Containment {
  const { rows, deaf } = machine
  return {
    tier: "linux-token",
    tierReason: null,
    boot: "boot-1",
    pauseMillis: 5,
    tokenCeiling: 1n << 63n,
    unseen: () => null,
    leaves: noLeaves,
    dropLeaf: () => {},
    wrap: ({ argv }) => argv,
    list: () => [...rows.values()].map((row) => ({ ...row, words: [], executable: null, user: null, hasTerminal: false, service: null })),
    identify,
    hasNews: () => machine.hasNews,
    lookFully: async (marks, strike) => look(machine, marks, { full: true, strike }),
    lookAround: async (marks, _, strike) => look(machine, marks, { full: false, strike }),
    signal: ({ pid }: Sighted): Sent => {
      if (deaf.has(pid)) return "denied"
      return rows.delete(pid) ? "sent" : "gone"
    },
    killGroup: () => "not-ours",
    protect: () => {},
    offerToOom: () => {},
    weigh: () => null,
    portsOf: async () => ({ ports: new Map(), workMillis: 0 }),
    commandOf: ({ name }) => name,
    sessionTag: () => null,
  }
}

interface Look {
  readonly full: boolean
  readonly strike: Strike | undefined
}

function look({ rows, looks, isBlind }: Machine, marks: readonly Mark[], { full, strike }: Look): Sighting {
  looks.push(full)
  if (isBlind) return { complete: false, members: new Map(marks.map((mark) => [mark, []])), unclaimed: [] }
  const given = new Set<number>()
  const fresh = (): Fresh => {
    const unseen = [...rows.values()].filter(({ pid }) => !given.has(pid))
    for (const { pid } of unseen) given.add(pid)
    return { rows: unseen, missed: 0 }
  }
  const { settled, members, rest } = pass({ fresh, ...untold, isWhole: true }, marks, strike ?? (() => {}))
  return { complete: settled, members, unclaimed: rest.filter(({ token }) => token !== null) }
}

function runTree(s: Supervision, { name, pid, rows }: { readonly name: string; readonly pid: number } & Pick<Machine, "rows">): Tree {
  const [id, session, token] = [treeOf(name), sessionOf(name), String(1000 + pid)]
  const { tier, boot } = s.containment
  const launched = { treeId: id, provider: "test", tier, launchedAt: 1, farewell: [], budgets: null, rootTag: null }
  const tree = Object.assign(newTree({ ...launched, mark: markOf(id, { serial: token, tier }), sessions: new Set([session]) }), {
    state: "running",
  } as const)
  s.ledger.append({ ev: "intended", at: 1, treeId: id, serial: token, tier, boot, provider: "test", session, cwd: "/" })
  rows.set(pid, rowOf(pid, { token }))
  s.trees.set(id, tree)
  return tree
}
