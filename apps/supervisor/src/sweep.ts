// Ledger against reality: at start, on a timer, and as what the watcher becomes. What nobody owns any more is ended.
import { basename } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { StopReason } from "@corral/contracts/certificate"
import type { Asks } from "@corral/contracts/supervisor"
import type { Entry } from "./ledger.ts"
import { crashBudgets } from "./ladder.ts"
import type { Sighting } from "./platform/containment.ts"
import { forgetStruck, nobodyStruck, readStruck, type Struck } from "./platform/strike.ts"
import { Slice } from "./platform/slice.ts"
import { record } from "./record.ts"
import { stopTree } from "./stop.ts"
import type { StopOrder } from "./stop-order.ts"
import type { Supervision } from "./supervision.ts"
import { certifyStruck, endStrays, ofNobody } from "./stray.ts"
import { retryStuck } from "./stuck.ts"
import { inherit, type Tree } from "./tree.ts"

/** A launch that was written down and not finished may be about to take its token: look again after this. */
const halfLaunchedMillis = 300

/** Ends every tree of a former supervisor; what cannot be ended stays in `trees` as stuck. Call it before anything is launched. */
export async function sweepFormer(s: Supervision, reason: StopReason, askedBy: string): Promise<void> {
  const former = [...s.ledger.open.values()]
  const ofThisBoot = former.filter((entry) => entry.intended.boot === s.containment.boot)
  for (const entry of former) if (!ofThisBoot.includes(entry)) loseToReboot(s, entry, { reason: "boot-sweep", askedBy, from: null })
  if (ofThisBoot.some((entry) => entry.root === null)) await sleep(halfLaunchedMillis)
  const stops = ofThisBoot.map((entry) => {
    const tree = inherit(entry)
    s.trees.set(tree.treeId, tree)
    const struck = (): Struck => readStruck(s.home.struck).get(basename(tree.mark.leaf ?? "")) ?? nobodyStruck
    // Who was struck without a word needs no manners any more, nor does who slipped away from that.
    const from = struck().killed.length > 0 ? "kill" : "term"
    return stopTree(s, tree, { reason, askedBy, from, atMost: crashBudgets, isQuiet: entry.intended.session === null, struck })
  })
  await Promise.all(stops)
  await certifyOthers(s, former)
  await endStrays(s, (await lookFully(s)).unclaimed)
}

/** Whom a watcher ended of trees that are not in the ledger: it was lost, or the watcher came late. */
async function certifyOthers(s: Supervision, former: readonly Entry[]): Promise<void> {
  const certified = new Set(former.map(({ intended }) => basename(intended.leaf ?? "")))
  const others = [...readStruck(s.home.struck)].filter(([leaf]) => !certified.has(leaf))
  for (const [leaf, struck] of others) await certifyStruck(s, leaf.slice(leaf.lastIndexOf("-") + 1), struck)
  forgetStruck(s.home.struck)
}

/** The ask: now, and with the answer when it is done. */
export async function sweep(s: Supervision): Promise<Asks["sweep"]["gives"]> {
  const { unclaimed } = await lookFully(s)
  await Promise.all([endStrays(s, unclaimed), retryStuck(s)])
  const after = await lookFully(s)
  const ended = unclaimed.filter((row) => !after.unclaimed.some((left) => left.pid === row.pid && left.start === row.start)).length
  return { checkedAt: Date.now(), complete: after.complete, ended, strays: after.unclaimed.length }
}

/**
 * One look of the auditor: journals members, ends strays, tries again what is stuck. `onLooked`: how many strays it saw, before they are ended;
 * null: it could not look.
 */
export async function audit(s: Supervision, full: boolean, onLooked: (strays: number | null) => void): Promise<void> {
  const { unclaimed, complete } = full ? await lookFully(s) : strays(s, await s.containment.lookAround(marksOf(s), new Slice()))
  onLooked(complete ? unclaimed.length : null)
  if (complete) for (const tree of s.trees.values()) journalMembers(s, tree)
  await Promise.all([endStrays(s, unclaimed), retryStuck(s)])
}

async function lookFully(s: Supervision): Promise<Sighting> {
  return strays(s, await s.containment.lookFully(marksOf(s)))
}

function strays(s: Supervision, sighting: Sighting): Sighting {
  return { ...sighting, unclaimed: ofNobody(s, sighting.unclaimed) }
}

function marksOf(s: Supervision) {
  return [...s.trees.values()].map((tree) => tree.mark)
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
  const landing = { outcome: "gone" as const, rungs, killed: [], survivors: [], members: [], checkedAt: Date.now(), unseen: null }
  const facts = { sessions: [...tree.sessions], began: performance.now(), freedBytes: 0, untagged: 0, outcome: "gone" as const }
  record(s, { tree, order, landing, facts })
}
