// The memory of the last ten minutes as stacked areas: pure geometry, drawn by the chart.
import type { TreeId } from "@corral/contracts/ids"
import type { History } from "./history.ts"

export const windowMillis = 10 * 60_000

export interface Frame {
  readonly width: number
  readonly height: number
  readonly from: number
  readonly to: number
  readonly topBytes: number
}

export interface Area {
  readonly treeId: TreeId
  readonly title: string
  /** The area between the session below and this one, and its upper edge. */
  readonly fill: string
  readonly edge: string
}

/** A round number above all that is shown. */
export const topOf = (history: History): number => {
  const highest = Math.max(1, ...history.samples.map((sample) => [...sample.byTree.values()].reduce((sum, bytes) => sum + bytes, 0)))
  const step = 2 ** Math.floor(Math.log2(highest))
  return [1, 1.25, 1.5, 1.75, 2].map((factor) => factor * step).find((top) => top >= highest * 1.05) ?? 2.5 * step
}

export const areasOf = (history: History, frame: Frame): readonly Area[] => {
  const samples = history.samples.filter((sample) => sample.at >= frame.from)
  const floor = samples.map(() => 0)
  return history.trees.map(({ treeId, title }) => {
    const below = samples.map((sample, index) => pointOf(sample.at, floor[index] ?? 0, frame))
    samples.forEach((sample, index) => (floor[index] = (floor[index] ?? 0) + (sample.byTree.get(treeId) ?? 0)))
    const above = samples.map((sample, index) => pointOf(sample.at, floor[index] ?? 0, frame))
    // A session that was not there has no edge to draw on the one below it.
    const edge = samples.map((sample, index) => (sample.byTree.has(treeId) ? above[index] : undefined))
    return { treeId, title, fill: `M${above.join("L")}L${below.toReversed().join("L")}Z`, edge: broken(edge) }
  })
}

const pointOf = (at: number, bytes: number, { width, height, from, to, topBytes }: Frame): string =>
  `${(((at - from) / (to - from)) * width).toFixed(1)} ${(height - (bytes / topBytes) * height).toFixed(1)}`

const broken = (points: readonly (string | undefined)[]): string =>
  points.reduce<string>((path, point, index) => {
    if (point === undefined) return path
    return `${path}${points[index - 1] === undefined ? "M" : "L"}${point}`
  }, "")
