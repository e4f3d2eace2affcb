// Memory stacked by session over ten minutes: a stop is a cliff with a flag. Plain SVG, and a table for who cannot see it.
import { useState, type PointerEvent } from "react"
import type { Certificate } from "@corral/contracts/certificate"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import { counted } from "../ui/counted.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatTimeOfDay } from "../ui/format-time.ts"
import { areasOf, topOf, windowMillis, type Area, type Frame } from "./chart-paths.ts"
import { ChartTable } from "./chart-table.tsx"
import { noHistory, type History } from "./history.ts"

interface MemoryChartProps {
  readonly stops: readonly Certificate[]
  readonly at: number
}

const [width, height] = [600, 120]
/** Six colours at most; what comes after them is grey. */
export const seriesColours = ["live", "done", "plan", "attention", "danger", "ok"] as const

export const colourOf = (index: number): string => `var(--${seriesColours[index] ?? "idle"})`

export const MemoryChart = ({ stops, at }: MemoryChartProps) => {
  const history = useKey(useLink().vitals.history, "history") ?? noHistory
  const [hovered, setHovered] = useState<number | null>(null)
  if (history.samples.length < 2) return null
  const frame: Frame = { width, height, from: at - windowMillis, to: at, topBytes: topOf(history) }
  const flags = stops.filter((stop) => stop.endedAt > frame.from && stop.endedAt <= at)
  const hover = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    setHovered(frame.from + ((event.clientX - box.left) / box.width) * windowMillis)
  }
  return (
    <section aria-label="Memory by session" className="rounded-panel border border-line px-4 pt-2.5 pb-2">
      <header className="flex min-h-6 flex-wrap items-baseline gap-x-3">
        <h2 className="font-medium">Memory by session</h2>
        <p className="numbers text-sec text-text-3">
          {hovered === null ? "last 10 minutes, as seen by this page" : <At history={history} at={hovered} />}
        </p>
      </header>
      <div className="mt-1 flex gap-2">
        <div aria-hidden className="numbers flex w-14 flex-col justify-between text-right text-meta text-text-3">
          <span>{formatBytes(frame.topBytes)}</span>
          <span>{formatBytes(frame.topBytes / 2)}</span>
          <span>0 MB</span>
        </div>
        <div className="relative min-w-0 flex-1" onPointerMove={hover} onPointerLeave={() => setHovered(null)}>
          <Plot areas={areasOf(history, frame)} frame={frame} stops={flags} hovered={hovered} />
          <div aria-hidden className="numbers flex justify-between pt-1 text-meta text-text-3">
            <span>{formatTimeOfDay(frame.from).slice(0, 5)}</span>
            <span>{formatTimeOfDay(frame.from + windowMillis / 2).slice(0, 5)}</span>
            <span>{formatTimeOfDay(at).slice(0, 5)}</span>
          </div>
        </div>
      </div>
      <ChartTable history={history} />
    </section>
  )
}

interface PlotProps {
  readonly areas: readonly Area[]
  readonly frame: Frame
  readonly stops: readonly Certificate[]
  readonly hovered: number | null
}

const Plot = ({ areas, frame, stops, hovered }: PlotProps) => (
  <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden className="block h-30 w-full overflow-visible">
    {[0, height / 2, height].map((y) => (
      <path key={y} d={`M0 ${y}H${width}`} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
    ))}
    {areas.map((area, index) => (
      <path key={area.treeId} d={area.fill} fill={colourOf(index)} fillOpacity={0.18} />
    ))}
    {areas.map((area, index) => (
      <path key={area.treeId} d={area.edge} fill="none" stroke={colourOf(index)} strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    ))}
    {stops.map((stop) => (
      <path
        key={stop.certificateId}
        d={`M${xOf(stop.endedAt, frame)} 0V${height}`}
        stroke="var(--line-strong)"
        strokeDasharray="2 3"
        vectorEffect="non-scaling-stroke"
      />
    ))}
    {hovered !== null && <path d={`M${xOf(hovered, frame)} 0V${height}`} stroke="var(--text-3)" vectorEffect="non-scaling-stroke" />}
  </svg>
)

const xOf = (at: number, frame: Frame): number => ((at - frame.from) / (frame.to - frame.from)) * frame.width

const At = ({ history, at }: { readonly history: History; readonly at: number }) => {
  const sample = history.samples.findLast((one) => one.at <= at)
  if (sample === undefined) return formatTimeOfDay(at)
  const sum = [...sample.byTree.values()].reduce((all, bytes) => all + bytes, 0)
  return `${formatTimeOfDay(sample.at)} · ${formatBytes(sum)} in ${counted(sample.byTree.size, "session")}`
}
