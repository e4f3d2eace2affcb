// Every process of every tree as it is seen now, with the strays: what `ps` and the Processes page show.
import type { TreeReport, TreeView } from "@corral/contracts/tree"
import type { Row, Sighted } from "./platform/containment.ts"
import type { Supervision } from "./supervision.ts"
import type { Tree } from "./tree.ts"

export function trees(s: Supervision, measure: boolean): TreeReport {
  const begin = performance.now()
  const all = [...s.trees.values()]
  const sighting = s.containment.look(
    all.map((tree) => tree.mark),
    { full: false, onlyNews: true },
  )
  const views = all.map((tree) => viewOf(s, { tree, measure, members: sighting.members.get(tree.mark) ?? [] }))
  const strays = sighting.unclaimed.map((row) => {
    const { bytes } = s.scales.weigh([row], measure)
    const lastTree = s.ledger.tombOf(row.token ?? "")?.treeId ?? null
    return { pid: row.pid, startedAt: row.startedAt, command: s.containment.commandOf(row), memoryBytes: bytes, lastTree }
  })
  s.scales.keepOnly([...[...sighting.members.values()].flat(), ...sighting.unclaimed])
  const lookMillis = performance.now() - begin
  return { checkedAt: Date.now(), complete: sighting.complete, lookMillis, trees: views, strays, ...weighOurselves() }
}

/** Node opens a file for it, and throws where no file handle is left: no reason to fall. */
function weighOurselves(): Pick<TreeReport, "ownBytes"> {
  try {
    return { ownBytes: process.memoryUsage.rss() }
  } catch {
    return {}
  }
}

function viewOf(s: Supervision, seen: { readonly tree: Tree; readonly measure: boolean; readonly members: readonly Sighted[] }): TreeView {
  const { tree, measure } = seen
  const { bytes, processes } = s.scales.weigh(rootFirst(seen.members, tree), measure)
  const facts = tree.pipes?.facts() ?? { bytesIn: 0, bytesOut: 0, lastOutputAt: null }
  return {
    treeId: tree.treeId,
    provider: tree.provider,
    sessions: [...tree.sessions],
    state: tree.state,
    rung: tree.stopping ? tree.rung : null,
    tier: tree.tier,
    rootPid: tree.root?.pid ?? null,
    launchedAt: tree.launchedAt,
    ...facts,
    memoryBytes: bytes,
    processes,
  }
}

function rootFirst(members: readonly Row[], tree: Tree): readonly Row[] {
  return members.toSorted(
    (one, other) => Number(other.pid === tree.root?.pid) - Number(one.pid === tree.root?.pid) || one.start - other.start,
  )
}
