// Memory over time as stacked areas: pure geometry, drawn by the chart. Where nothing is known, nothing is drawn.
import { hasGap, sumOf, type History, type Sample } from "./history.ts"

export interface Frame {
  readonly width: number
  readonly height: number
  readonly from: number
  readonly to: number
  readonly topBytes: number
}

export interface Area {
  readonly key: string
  /** The area between the session below and this one, and its upper edge. */
  readonly fill: string
  readonly edge: string
}

/** A round number above all that is shown. */
export const topOf = ({ samples }: History): number => {
  const highest = Math.max(1, ...samples.map((sample) => Math.max(sumOf(sample), sample.ownBytes ?? 0)))
  const step = 2 ** Math.floor(Math.log2(highest))
  return [1, 1.25, 1.5, 1.75, 2].map((factor) => factor * step).find((top) => top >= highest * 1.05) ?? 2.5 * step
}

export const areasOf = (history: History, frame: Frame): readonly Area[] => {
  const runs = runsOf(history, frame).map((samples) => ({ samples, floor: samples.map(() => 0) }))
  return history.sessions.map(({ key }) => {
    const drawn = runs.map(({ samples, floor }) => {
      const below = samples.map((sample, index) => pointOf(sample.at, floor[index] ?? 0, frame))
      samples.forEach((sample, index) => (floor[index] = (floor[index] ?? 0) + (sample.bySession.get(key) ?? 0)))
      const above = samples.map((sample, index) => pointOf(sample.at, floor[index] ?? 0, frame))
      // A session that was not there has no edge to draw on the one below it.
      const edge = samples.map((sample, index) => (sample.bySession.has(key) ? above[index] : undefined))
      return { fill: `M${above.join("L")}L${below.toReversed().join("L")}Z`, edge: broken(edge) }
    })
    return { key, fill: drawn.map(({ fill }) => fill).join(""), edge: drawn.map(({ edge }) => edge).join("") }
  })
}

/** What Corral itself held, as a line that is not stacked. */
export const ownEdge = (history: History, frame: Frame): string =>
  runsOf(history, frame)
    .map((samples) => broken(samples.map(({ at, ownBytes }) => (ownBytes === null ? undefined : pointOf(at, ownBytes, frame)))))
    .join("")

/** What hangs together: from one gap to the next. */
const runsOf = (history: History, { from }: Frame): readonly (readonly Sample[])[] => {
  const runs: Sample[][] = []
  for (const sample of history.samples) {
    if (sample.at < from) continue
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run === undefined || last === undefined || hasGap(history, last.at, sample.at)) runs.push([sample])
    else run.push(sample)
  }
  return runs
}

const pointOf = (at: number, bytes: number, { width, height, from, to, topBytes }: Frame): string =>
  `${(((at - from) / (to - from)) * width).toFixed(1)} ${(height - (bytes / topBytes) * height).toFixed(1)}`

const broken = (points: readonly (string | undefined)[]): string =>
  points.reduce<string>((path, point, index) => {
    if (point === undefined) return path
    return `${path}${points[index - 1] === undefined ? "M" : "L"}${point}`
  }, "")
