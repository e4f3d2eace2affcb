// Memory stacked by session over ten minutes, an hour or a day: a stop is a cliff with a flag, and what nobody saw is a gap. Plain SVG,
// and a table for who cannot see it.
import { useState, type PointerEvent } from "react"
import type { Certificate } from "@corral/contracts/certificate"
import type { MemoryRange } from "@corral/contracts/memory-past"
import type { Processes } from "@corral/contracts/tree"
import { counted } from "../ui/counted.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatMoment, formatTimeOfDay } from "../ui/format-time.ts"
import { ChartLegend } from "./chart-legend.tsx"
import { areasOf, ownEdge, topOf, type Frame } from "./chart-paths.ts"
import { ChartPlot } from "./chart-plot.tsx"
import { ChartTable } from "./chart-table.tsx"
import { hasGap, noHistory, pastHistory, sumOf, type History } from "./history.ts"
import type { PlaceOnPage } from "./place-on-page.ts"
import { RangeSwitch } from "./range-switch.tsx"
import { ranges } from "./ranges.ts"
import { usePast } from "./use-past.ts"

interface MemoryChartProps {
  readonly stops: readonly Certificate[]
  readonly seen: Processes
  /** The last ten minutes. */
  readonly recent: History
  readonly range: MemoryRange
  readonly place: PlaceOnPage
}

const [width, height] = [600, 120]
/** More are a hatching. */
const mostFlags = 40

export const MemoryChart = ({ stops, seen, recent, range, place }: MemoryChartProps) => {
  const at = seen.checkedAt
  const stretch = ranges.find((one) => one.range === range)
  const history = useStretch(range, recent)
  const [hovered, setHovered] = useState<number | null>(null)
  if (stretch === undefined) return null
  const frame: Frame = { width, height, from: at - stretch.millis, to: at, topBytes: topOf(history) }
  const flags = stops.filter((stop) => stop.endedAt > frame.from && stop.endedAt <= at).slice(0, mostFlags)
  const hover = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    setHovered(frame.from + ((event.clientX - box.left) / box.width) * stretch.millis)
  }
  return (
    <section aria-label="Memory by session" className="rounded-panel border border-line px-4 pt-2 pb-2.5">
      <header className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="font-medium">Memory by session</h2>
        <p className="numbers min-w-0 flex-1 text-sec text-text-3 max-desk:order-last max-desk:basis-full">
          {hovered === null ? `${stretch.words}${sinceWords(history, frame)}` : momentWords(history, hovered)}
        </p>
        <RangeSwitch chosen={range} place={place} />
      </header>
      <div className="mt-1.5 flex gap-2">
        <div aria-hidden className="numbers flex w-14 flex-col justify-between pb-4 text-right text-meta text-text-3">
          <span>{formatBytes(frame.topBytes)}</span>
          <span>{formatBytes(frame.topBytes / 2)}</span>
          <span>0 MB</span>
        </div>
        <div className="relative min-w-0 flex-1" onPointerMove={hover} onPointerLeave={() => setHovered(null)}>
          <ChartPlot areas={areasOf(history, frame)} own={ownEdge(history, frame)} frame={frame} stops={flags} hovered={hovered} />
          <div aria-hidden className="numbers flex justify-between pt-1 text-meta text-text-3">
            {[frame.from, (frame.from + at) / 2, at].map((moment) => (
              <span key={moment}>{formatMoment(moment, at)}</span>
            ))}
          </div>
        </div>
      </div>
      <ChartTable history={history} words={stretch.words} />
      <ChartLegend history={history} seen={seen} />
    </section>
  )
}

const useStretch = (range: MemoryRange, recent: History): History => {
  const past = usePast(range === "10m" ? null : range)
  if (range === "10m") return recent
  return past === null ? noHistory : pastHistory(past, recent)
}

/** Where the stretch began before anybody looked, the page says from when on it knows. */
const sinceWords = ({ since, samples }: History, { from }: Frame): string => {
  const begin = since ?? samples[0]?.at
  return begin === undefined || begin <= from + 1_000 ? "" : `, known since ${formatTimeOfDay(begin).slice(0, 5)}`
}

const momentWords = (history: History, at: number): string => {
  const sample = history.samples.findLast((one) => one.at <= at)
  if (sample === undefined || hasGap(history, sample.at, at)) return `${formatTimeOfDay(at)} · not known`
  if (sample.bySession.size === 0) return `${formatTimeOfDay(at)} · nothing ran`
  return `${formatTimeOfDay(sample.at)} · ${formatBytes(sumOf(sample))} in ${counted(sample.bySession.size, "session")}`
}
