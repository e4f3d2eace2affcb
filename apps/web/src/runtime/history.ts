// The last ten minutes of memory by session, as far as this page has seen them.
import type { TreeId } from "@corral/contracts/ids"
import type { Processes } from "@corral/contracts/tree"

const keptMillis = 10 * 60_000
/** One a second. */
const keptSamples = 600

export interface Sample {
  readonly at: number
  readonly byTree: ReadonlyMap<TreeId, number>
}
export interface History {
  readonly samples: readonly Sample[]
  /** In order of first sight, so that a session keeps its place and colour in the chart. */
  readonly trees: readonly { readonly treeId: TreeId; readonly title: string }[]
}

export const noHistory: History = { samples: [], trees: [] }

export const addSample = (history: History, seen: Processes): History => {
  const last = history.samples.at(-1)
  if (last !== undefined && seen.checkedAt <= last.at) return history
  const sample: Sample = { at: seen.checkedAt, byTree: new Map(seen.trees.map((tree) => [tree.treeId, tree.memoryBytes])) }
  const samples = [...history.samples, sample].filter((one) => one.at > seen.checkedAt - keptMillis).slice(-keptSamples)
  const known = new Set(history.trees.map((tree) => tree.treeId))
  const fresh = seen.trees
    .filter((tree) => !known.has(tree.treeId))
    .map((tree) => ({ treeId: tree.treeId, title: tree.threads[0]?.title ?? tree.treeId }))
  const trees = [...history.trees, ...fresh].filter(({ treeId }) => samples.some((one) => one.byTree.has(treeId)))
  return { samples, trees }
}
