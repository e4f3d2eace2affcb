// A session leaves a tree that serves others: only what belongs to it is ended, and the rest of the tree works on.
// The token proves that a process is ours, the session's tag in its environment only narrows: a tag alone proves nothing.
import type { TreeCertificate } from "@corral/contracts/certificate"
import type { SessionId } from "@corral/contracts/ids"
import { bytesInSlices } from "./memory.ts"
import type { Containment, Sighted } from "./platform/containment.ts"
import { record } from "./record.ts"
import type { StopOrder } from "./stop-order.ts"
import type { Supervision } from "./supervision.ts"
import type { Tree } from "./tree.ts"

const budgets = { protocol: 0, eof: 0, term: 1500, kill: 10_000 }

/** Asked twice: the same certificate. A text: it could not be written, and the session still counts as served. */
export function release(
  s: Supervision,
  wish: { readonly tree: Tree; readonly session: SessionId; readonly order: StopOrder },
): Promise<TreeCertificate | string> {
  const { tree, session } = wish
  const running = tree.releasing.get(session)
  if (running) return running
  const leaving = takeOut(s, wish).finally(() => tree.releasing.delete(session))
  tree.releasing.set(session, leaving)
  return leaving
}

async function takeOut(
  s: Supervision,
  { tree, session, order }: { readonly tree: Tree; readonly session: SessionId; readonly order: StopOrder },
): Promise<TreeCertificate | string> {
  const began = performance.now()
  const choose = (members: readonly Sighted[]): readonly Sighted[] => taggedWith(s.containment, { tree, session, members })
  const before = choose((await s.containment.lookFully([tree.mark])).members.get(tree.mark) ?? [])
  const bytesBefore = await bytesInSlices(s.containment, before)
  const from = order.from === "kill" ? "kill" : "term"
  const landing = await s.ladders.descend({ tree, from, budgets, farewell: [], choose, onRung: () => {} })
  const freedBytes = Math.max(0, bytesBefore - (await bytesInSlices(s.containment, landing.survivors)))
  const outcome = landing.outcome === "gone" ? "released" : "stuck"
  const untagged = landing.members.filter((member) => isUntold(s.containment, tree, member)).length
  const certificate = record(s, { tree, order, landing, facts: { sessions: [session], began, freedBytes, untagged, outcome } })
  if (typeof certificate !== "string" && outcome === "released") tree.sessions.delete(session)
  return certificate
}

/** Members with this session's tag, and their living descendants. Never the root: it serves the others. */
function taggedWith(
  containment: Containment,
  asked: { readonly tree: Tree; readonly session: SessionId; readonly members: readonly Sighted[] },
): readonly Sighted[] {
  const { tree, session, members } = asked
  // Everything inherits the root's own tag, so it tells nobody apart.
  if (tree.rootTag === session) return []
  const others = members.filter((member) => member.pid !== tree.root?.pid)
  const chosen = new Set(others.filter((member) => containment.sessionTag(member.pid) === session).map((member) => member.pid))
  for (let size = -1; size !== chosen.size;) {
    size = chosen.size
    for (const member of others) if (chosen.has(member.ppid)) chosen.add(member.pid)
  }
  return others.filter((member) => chosen.has(member.pid))
}

function isUntold(containment: Containment, tree: Tree, member: Sighted): boolean {
  if (member.pid === tree.root?.pid) return false
  const tag = containment.sessionTag(member.pid)
  return tag === null || tag === tree.rootTag
}
