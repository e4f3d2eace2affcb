// Ten minutes of one session's memory as a line of 80 px.
import type { History } from "./history.ts"

const [width, height] = [80, 18]
const windowMillis = 10 * 60_000

interface SparklineProps {
  readonly history: History
  readonly session: string
  readonly colour: string
}

export const Sparkline = ({ history, session, colour }: SparklineProps) => {
  const to = history.samples.at(-1)?.at ?? 0
  const points = history.samples.flatMap((sample) => {
    const bytes = sample.bySession.get(session)
    return bytes === undefined ? [] : [{ at: sample.at, bytes }]
  })
  const top = Math.max(1, ...points.map((point) => point.bytes))
  const path = points.map(
    ({ at, bytes }) =>
      `${(width - ((to - at) / windowMillis) * width).toFixed(1)} ${(height - 1 - (bytes / top) * (height - 3)).toFixed(1)}`,
  )
  if (path.length < 2) return null
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden className="h-4.5 w-20">
      <path d={`M${path.join("L")}`} fill="none" stroke={colour} strokeWidth={1.25} />
    </svg>
  )
}
