// Ledger against reality: at start, on a timer, and as what the watcher becomes. What nobody owns any more is ended.
import { setTimeout as sleep } from "node:timers/promises"
import type { StopReason } from "@corral/contracts/certificate"
import type { Asks } from "@corral/contracts/supervisor"
import { treeId as isTreeId } from "./contract.ts"
import type { Entry } from "./ledger.ts"
import type { RungBudgets } from "./ladder.ts"
import type { Row } from "./platform/containment.ts"
import { record } from "./record.ts"
import { stopTree } from "./stop.ts"
import type { StopOrder } from "./stop-order.ts"
import type { Supervision } from "./supervision.ts"
import { inherit, markOf, type Tree } from "./tree.ts"

/** Nobody is left to wait for: what does not hear TERM quickly is killed. */
export const crashBudgets: RungBudgets = { protocol: 100, eof: 200, term: 300, kill: 10_000 }
/** A launch that was written down and not finished may be about to take its token: look again after this. */
const halfLaunchedMillis = 300

/** Ends every tree of a former supervisor. How many were left of them. Call it before anything is launched. */
export async function sweepFormer(s: Supervision, reason: StopReason, askedBy: string): Promise<void> {
  const former = [...s.ledger.open.values()]
  const ofThisBoot = former.filter((entry) => entry.intended.boot === s.containment.boot)
  for (const entry of former) if (!ofThisBoot.includes(entry)) loseToReboot(s, entry, { reason: "boot-sweep", askedBy, from: null })
  if (ofThisBoot.some((entry) => entry.root === null)) await sleep(halfLaunchedMillis)
  const stops = ofThisBoot.map((entry) => {
    const tree = inherit(entry)
    s.trees.set(tree.treeId, tree)
    return stopTree(s, tree, { reason, askedBy, from: "term", atMost: crashBudgets, isQuiet: entry.intended.session === null })
  })
  await Promise.all(stops)
  await endStrays(s, s.containment.look([...s.trees.values()].map(markIn), { full: true }).unclaimed)
}

/** The ask: now, and with the answer when it is done. */
export async function sweep(s: Supervision): Promise<Asks["sweep"]["gives"]> {
  const { unclaimed } = look(s, true)
  await Promise.all([endStrays(s, unclaimed), retryStuck(s)])
  const after = look(s, true)
  const ended = unclaimed.filter((row) => !after.unclaimed.some((left) => left.pid === row.pid && left.start === row.start)).length
  return { checkedAt: Date.now(), complete: after.complete, ended, strays: after.unclaimed.length }
}

/** One look of the auditor: journals members, ends strays, tries stuck trees again. Gives how many strays it saw. */
export async function audit(s: Supervision, full: boolean): Promise<number> {
  const { unclaimed, complete } = look(s, full)
  for (const tree of s.trees.values()) if (complete) journalMembers(s, tree)
  await Promise.all([endStrays(s, unclaimed), retryStuck(s)])
  return unclaimed.length
}

function look(s: Supervision, full: boolean) {
  return s.containment.look([...s.trees.values()].map(markIn), { full })
}

function markIn(tree: Tree) {
  return tree.mark
}

/** A sweep after our death must know those that bear no token. If it cannot be written now, the next audit tries again. */
function journalMembers(s: Supervision, tree: Tree): void {
  const { treeId, mark, root } = tree
  const members = [...mark.known].map(([pid, start]) => ({ pid, start })).filter(({ pid }) => pid !== root?.pid)
  const said = JSON.stringify([members, [...mark.sids]])
  if (said === tree.journalled || (members.length === 0 && tree.journalled === "")) return
  if (s.ledger.append({ ev: "members", treeId, members, sids: [...mark.sids] }) === null) tree.journalled = said
}

/** The last boot took it along: nothing is there to be signalled, and its numbers name others now. */
function loseToReboot(s: Supervision, entry: Entry, order: StopOrder): void {
  const tree = inherit(entry)
  const rungs = [{ name: "lost" as const, millis: 0, left: 0 }]
  const landing = { outcome: "gone" as const, rungs, killed: [], survivors: [], members: [], checkedAt: Date.now() }
  const facts = { sessions: [...tree.sessions], startedAt: Date.now(), freedBytes: 0, untagged: 0, outcome: "gone" as const }
  record(s, { tree, order, landing, facts })
}

/** A bearer of a finished tree's token, or of one that no ledger knows: straight to KILL, and a certificate with the reason `stray`. */
async function endStrays(s: Supervision, rows: readonly Row[]): Promise<void> {
  const tokens = new Set(rows.flatMap((row) => (row.token === null || s.strays.has(row.token) ? [] : [row.token])))
  await Promise.all([...tokens].map((token) => endStray(s, token)))
}

async function endStray(s: Supervision, token: string): Promise<void> {
  const tree = strayTree(s, token)
  if (!tree) return
  s.strays.set(token, tree)
  const startedAt = Date.now()
  const order = { reason: "stray", askedBy: "audit", from: "kill" } as const
  const landing = await s.ladders.descend({ tree, from: "kill", budgets: crashBudgets, farewell: [], choose: null, onRung: () => {} })
  s.strays.delete(token)
  const hasSaid = tree.lastStop !== null
  if (hasSaid || (landing.killed.length === 0 && landing.outcome === "gone")) return
  record(s, {
    tree,
    order,
    landing,
    facts: { sessions: [...tree.sessions], startedAt, freedBytes: 0, untagged: 0, outcome: landing.outcome },
  })
}

function strayTree(s: Supervision, token: string): Tree | null {
  const tomb = s.ledger.tombOf(token)
  const treeId = tomb?.treeId ?? `stray_${token}`
  if (!isTreeId(treeId)) return null
  const intended = {
    ev: "intended",
    at: Date.now(),
    treeId,
    serial: token,
    tier: "linux-token",
    boot: s.containment.boot,
    session: null,
  } as const
  const entry = { intended: { ...intended, provider: tomb?.provider ?? "unknown", cwd: "/" }, root: null, members: [], sids: [] }
  return {
    ...inherit({ ...entry, sessions: tomb?.sessions ?? [], lines: [], membersLine: null }),
    mark: markOf(treeId, token, "linux-token"),
  }
}

/** A new certificate only when it is gone at last; the one that said `stuck` stands until then. */
async function retryStuck(s: Supervision): Promise<void> {
  const stuck = [...s.trees.values()].filter((tree) => tree.state === "stuck" && !tree.stopping)
  const { members, complete } = s.containment.look(stuck.map(markIn), {
    full: true,
    strike: (member) => s.containment.signal(member, "SIGKILL"),
  })
  const empty = stuck.filter((tree) => complete && members.get(tree.mark)?.length === 0)
  const again: StopOrder = { reason: "stop", askedBy: "audit", from: "kill" }
  await Promise.all(empty.map((tree) => stopTree(s, tree, { ...(tree.lastStop ?? again), from: "kill" })))
}
