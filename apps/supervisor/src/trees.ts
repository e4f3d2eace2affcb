// Every process of every tree as it is seen now, with the strays: what `ps` and the Processes page show.
import type { TreeReport, TreeView } from "@corral/contracts/tree"
import type { Row, Sighted } from "./platform/containment.ts"
import { Slice } from "./platform/slice.ts"
import { ofNobody } from "./stray.ts"
import type { Supervision } from "./supervision.ts"
import type { Tree } from "./tree.ts"

export async function trees(s: Supervision, measure: boolean): Promise<TreeReport> {
  const slice = new Slice()
  const marks = [...s.trees.values()].map((tree) => tree.mark)
  const { complete, members, unclaimed } = await s.containment.lookAround(marks, slice)
  const views: TreeView[] = []
  for (const tree of s.trees.values()) {
    // A tree that was gone meanwhile is not in the list any more, and one that came is told by the next look.
    const seen = members.get(tree.mark)
    if (seen !== undefined) views.push(await viewOf(s, { tree, measure, members: seen, slice }))
  }
  const strays: TreeReport["strays"][number][] = []
  for (const row of ofNobody(s, unclaimed)) strays.push(await strayOf(s, { row, measure, slice }))
  s.scales.keepOnly([...[...members.values()].flat(), ...unclaimed])
  return { checkedAt: Date.now(), complete, lookMillis: slice.workMillis, trees: views, strays, ...weighOurselves() }
}

/** Node opens a file for it, and throws where no file handle is left: no reason to fall. */
function weighOurselves(): Pick<TreeReport, "ownBytes"> {
  try {
    return { ownBytes: process.memoryUsage.rss() }
  } catch {
    return {}
  }
}

interface Measured {
  readonly measure: boolean
  readonly slice: Slice
}

async function strayOf(s: Supervision, { row, measure, slice }: Measured & { readonly row: Row }): Promise<TreeReport["strays"][number]> {
  const { bytes } = await s.scales.weighInSlices([row], measure, slice)
  const lastTree = s.ledger.tombOf(row.token ?? "")?.treeId ?? null
  return { pid: row.pid, startedAt: row.startedAt, command: s.containment.commandOf(row), memoryBytes: bytes, lastTree }
}

async function viewOf(s: Supervision, seen: Measured & { readonly tree: Tree; readonly members: readonly Sighted[] }): Promise<TreeView> {
  const { tree, measure, members, slice } = seen
  const { bytes, processes } = await s.scales.weighInSlices(rootFirst(members, tree), measure, slice)
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
