// The drawing itself: areas, their edges, a flag for each stop, and where the pointer is.
import type { Certificate } from "@corral/contracts/certificate"
import type { Area, Frame } from "./chart-paths.ts"
import { colourOf } from "./series-colours.ts"

interface ChartPlotProps {
  readonly areas: readonly Area[]
  readonly own: string
  readonly frame: Frame
  readonly stops: readonly Certificate[]
  readonly hovered: number | null
}

export const ChartPlot = ({ areas, own, frame, stops, hovered }: ChartPlotProps) => {
  const { width, height } = frame
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden className="block h-30 w-full overflow-visible">
      {[0, height / 2, height].map((y) => (
        <path key={y} d={`M0 ${y}H${width}`} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
      ))}
      {areas.map((area, index) => (
        <path key={area.key} d={area.fill} fill={colourOf(index)} fillOpacity={0.18} />
      ))}
      {areas.map((area, index) => (
        <path key={area.key} d={area.edge} fill="none" stroke={colourOf(index)} strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
      ))}
      <path d={own} fill="none" stroke="var(--text-3)" strokeDasharray="1 3" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
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
}

const xOf = (at: number, frame: Frame): number => ((at - frame.from) / (frame.to - frame.from)) * frame.width
