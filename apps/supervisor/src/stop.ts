// Stops trees: down the ladder until seen empty, then a certificate. Whoever asks twice gets the same one.
import type { TreeCertificate } from "@corral/contracts/certificate"
import type { Asks, Budgets } from "@corral/contracts/supervisor"
import { record } from "./record.ts"
import type { Rung, RungBudgets } from "./ladder.ts"
import { bytesInSlices } from "./memory.ts"
import { nobodyStruck, withStruck } from "./platform/strike.ts"
import { Slice } from "./platform/slice.ts"
import { Refusal } from "./refusal.ts"
import { release } from "./release.ts"
import type { StopOrder, StopResult } from "./stop-order.ts"
import { treeOfSession, type Supervision } from "./supervision.ts"
import type { Tree } from "./tree.ts"

/** What a living server asks for. EOF and TERM are enough for a polite agent; KILL waits for what the kernel is busy with. */
const defaultBudgets: Budgets = { eofMillis: 3000, termMillis: 1500, killMillis: 10_000 }
/** For the answer to a farewell. An interrupt is answered in 50 ms. */
const farewellMillis = 1000
/** Trees that are done and that a server may still want to hear the end of. */
const maxFinished = 16

/** The ask. Null: no such tree, no such session, never. */
export async function stop(s: Supervision, ask: Asks["stop"]["takes"]): Promise<TreeCertificate | null | Refusal> {
  const { target, ...order } = ask
  const tree = "tree" in target ? s.trees.get(target.tree) : treeOfSession(s, target.session)
  if (!tree) return s.ledger.certificateOf(target)
  await tree.settled
  if (!s.trees.has(tree.treeId)) return s.ledger.certificateOf(target)
  const isShared = "session" in target && [...tree.sessions].some((other) => other !== target.session && !tree.releasing.has(other))
  const certified = isShared && !tree.stopping ? release(s, { tree, session: target.session, order }) : stopTree(s, tree, order)
  const result = await certified
  return typeof result === "string" ? new Refusal("ledger-failed", result) : result
}

/** Where the proof could not be written the tree counts as stuck, and is tried again. */
export function stopTree(s: Supervision, tree: Tree, order: StopOrder): Promise<StopResult> {
  if (tree.stopping) {
    if (order.from !== null) s.ladders.hasten(tree, order.from)
    return tree.stopping
  }
  tree.stopping = takeDown(s, tree, order).finally(() => {
    tree.stopping = null
  })
  return tree.stopping
}

/** All at once. How many were stopped, and how many processes are left of them, as far as one can know: 0 only where all was proved. */
export async function stopAll(s: Supervision, order: StopOrder): Promise<{ stopped: number; left: number }> {
  const stops = [...s.trees.values()].map(async (tree) => {
    await tree.settled
    // A launch that came to nothing left nothing to stop.
    return s.trees.has(tree.treeId) ? leftOf(await stopTree(s, tree, order)) : null
  })
  const left = (await Promise.all(stops)).filter((each) => each !== null)
  return { stopped: left.length, left: left.reduce((sum, each) => sum + each, 0) }
}

/** What is not proved counts as one at least: its proof could not be written, or a look that failed saw nobody. */
function leftOf(result: StopResult): number {
  if (result === null) return 0
  if (typeof result === "string") return 1
  return result.outcome === "gone" ? 0 : Math.max(1, result.left)
}

async function takeDown(s: Supervision, tree: Tree, order: StopOrder): Promise<StopResult> {
  const began = performance.now()
  tree.state = "stopping"
  tree.lastStop = order
  // If this cannot be written the stop goes on: the ledger then still says that the tree runs, which is the safe mistake.
  s.ledger.append({ ev: "stopping", treeId: tree.treeId, reason: order.reason, askedBy: order.askedBy, at: Date.now() })
  const before = (await s.containment.lookAround([tree.mark], new Slice())).members.get(tree.mark) ?? []
  const bytesBefore = await bytesInSlices(s.containment, before)
  const landed = await s.ladders.descend({
    tree,
    from: firstRung(tree, order),
    budgets: budgetsFor(tree, order),
    farewell: tree.farewell,
    choose: null,
    onRung: (rung, left) => {
      tree.rung = rung
      s.tell({ _tag: "rung", treeId: tree.treeId, rung, left })
    },
  })
  const struck = order.struck?.() ?? nobodyStruck
  const landing = { ...landed, killed: withStruck(struck, landed.killed) }
  if (order.isQuiet && landing.outcome === "gone" && landing.killed.length === 0) return close(s, tree)
  // The larger one: who was struck may have been on its way out still when it was weighed.
  const freedBytes = Math.max(0, struck.freedBytes, bytesBefore - (await bytesInSlices(s.containment, landing.survivors)))
  const facts = { sessions: [...tree.sessions], began, freedBytes, untagged: 0, outcome: landing.outcome }
  const result = record(s, { tree, order, landing, facts })
  tree.state = typeof result === "string" || landing.outcome === "stuck" ? "stuck" : "gone"
  if (tree.state === "gone") finish(s, tree)
  return result
}

/** If this cannot be written the ledger says that it runs, and the next start will see that it does not. */
function close(s: Supervision, tree: Tree): null {
  s.ledger.append({ ev: "closed", treeId: tree.treeId })
  tree.state = "gone"
  finish(s, tree)
  return null
}

function firstRung(tree: Tree, order: StopOrder): Rung {
  if (order.from !== null) return order.from
  if (!tree.pipes || tree.exit) return "term"
  return order.saysFarewell && tree.farewell.length > 0 ? "protocol" : "eof"
}

function budgetsFor(tree: Tree, order: StopOrder): RungBudgets {
  const { eofMillis, termMillis, killMillis } = tree.budgets ?? defaultBudgets
  const wanted = { protocol: farewellMillis, eof: eofMillis, term: termMillis, kill: killMillis }
  const { atMost } = order
  if (!atMost) return wanted
  return {
    protocol: Math.min(wanted.protocol, atMost.protocol),
    eof: Math.min(wanted.eof, atMost.eof),
    term: Math.min(wanted.term, atMost.term),
    kill: Math.min(wanted.kill, atMost.kill),
  }
}

/** The tree leaves the living; its last lines stay for a server that comes back, up to a bound. */
function finish(s: Supervision, tree: Tree): void {
  s.trees.delete(tree.treeId)
  if (tree.mark.leaf !== null) s.containment.dropLeaf(tree.mark.leaf)
  s.onGone(tree)
  if (!tree.pipes) return
  s.finished.set(tree.treeId, tree)
  const [oldest] = s.finished.values()
  if (s.finished.size <= maxFinished || !oldest) return
  oldest.pipes?.close()
  s.finished.delete(oldest.treeId)
}
