// A session joins a tree that serves others already.
import type { Asks } from "@corral/contracts/supervisor"
import { Refusal } from "./refusal.ts"
import type { Supervision } from "./supervision.ts"

/** The second time nothing changes. Refused for a tree that is on its way out: its session could not live there. */
export async function join(s: Supervision, { treeId, session }: Asks["join"]["takes"]): Promise<Asks["join"]["gives"] | Refusal> {
  const tree = s.trees.get(treeId)
  await tree?.settled
  if (!tree || !s.trees.has(treeId)) return new Refusal("unknown-tree", `there is no tree ${treeId}`)
  if (tree.sessions.has(session)) return {}
  if (tree.state !== "running") return new Refusal("unknown-tree", `the tree ${treeId} is ${tree.state}: nobody can join it`)
  const problem = s.ledger.append({ ev: "joined", treeId, session })
  if (problem !== null) return new Refusal("ledger-failed", `the join could not be written down: ${problem}`)
  tree.sessions.add(session)
  return {}
}
