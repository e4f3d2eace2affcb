// Ends strays: bearers of a finished tree's token, or of one that no ledger knows. Straight to KILL, and certified as `stray`.
import { treeId as isTreeId } from "./contract.ts"
import type { Landing } from "./descend.ts"
import { crashBudgets } from "./ladder.ts"
import type { Row } from "./platform/containment.ts"
import { nobodyStruck, withStruck, type Struck } from "./platform/strike.ts"
import { record } from "./record.ts"
import type { StopOrder, StopResult } from "./stop-order.ts"
import type { Supervision } from "./supervision.ts"
import { installOf } from "./token.ts"
import { inherit, markOf, type Tree } from "./tree.ts"

const order: StopOrder = { reason: "stray", askedBy: "audit", from: "kill" }

/** A look takes a while, and asked about the trees of when it began: who was launched meanwhile is no stray. */
export function ofNobody(s: Supervision, unclaimed: readonly Row[]): readonly Row[] {
  const tokens = new Set([...s.trees.values()].map(({ mark }) => mark.token))
  return unclaimed.filter(({ token }) => !tokens.has(token))
}

/** Of one token all are ended together. One that is stuck already is tried again with what else is stuck (`stuck.ts`). */
export async function endStrays(s: Supervision, rows: readonly Row[]): Promise<void> {
  const tokens = new Set(rows.flatMap((row) => (row.token === null ? [] : [row.token])))
  const strays = [...tokens].flatMap((token) => strayOf(s, token) ?? [])
  await Promise.all(strays.filter((tree) => tree.state !== "stuck").map((tree) => endStray(s, tree)))
}

export function endStray(s: Supervision, tree: Tree): Promise<StopResult> {
  tree.stopping ??= takeDown(s, tree).finally(() => {
    tree.stopping = null
  })
  return tree.stopping
}

/** Whom a watcher ended of a tree that no ledger tells of any more. Nothing may be left of it; that it was there is certified. */
export async function certifyStruck(s: Supervision, token: string, struck: Struck): Promise<void> {
  const tree = installOf(token) === s.home.install ? strayOf(s, token) : null
  if (tree) await takeDown(s, tree, struck)
}

/** Where the proof could not be written it counts as stuck, and is tried again. */
async function takeDown(s: Supervision, tree: Tree, struck = nobodyStruck): Promise<StopResult> {
  const began = performance.now()
  const landed = await s.ladders.descend({ tree, from: "kill", budgets: crashBudgets, farewell: [], choose: null, onRung: () => {} })
  const landing = { ...landed, killed: withStruck(struck, landed.killed) }
  const facts = { sessions: [...tree.sessions], began, freedBytes: struck.freedBytes, untagged: 0, outcome: landing.outcome }
  const result = isNews(tree, landing) ? record(s, { tree, order, landing, facts }) : null
  if (landing.outcome === "gone" && typeof result !== "string") {
    if (tree.mark.token !== null) s.strays.delete(tree.mark.token)
    return result
  }
  tree.state = "stuck"
  if (typeof result !== "string") tree.lastStop = order
  return result
}

/** That it is stuck is said once, however often it is tried; that it is gone, if there was anything to end. */
function isNews(tree: Tree, { outcome, killed }: Landing): boolean {
  return outcome === "stuck" ? tree.lastStop === null : tree.state === "stuck" || killed.length > 0
}

/** The same one for as long as the token is borne: what was said about it is not said again. */
function strayOf(s: Supervision, token: string): Tree | null {
  const tree = s.strays.get(token) ?? newStray(s, token)
  if (tree) s.strays.set(token, tree)
  return tree
}

function newStray(s: Supervision, token: string): Tree | null {
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
    mark: markOf(treeId, { serial: token, tier: "linux-token" }),
  }
}
