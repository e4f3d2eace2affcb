// Whose is which colour, for sessions that are asleep by now too; and what the chart's own looking costs.
import type { Processes } from "@corral/contracts/tree"
import { counted } from "../ui/counted.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import type { History } from "./history.ts"
import { colouredSessions, colourOf } from "./series-colours.ts"

export const ChartLegend = ({ history, seen }: { readonly history: History; readonly seen: Processes }) => {
  const grey = history.sessions.length - colouredSessions
  return (
    <>
      {/* The table below the chart says the same, with figures. */}
      <ul aria-hidden className="mt-2 flex flex-wrap gap-x-4 gap-y-0.5 pl-16 text-meta text-text-2 max-desk:pl-0">
        {history.sessions.slice(0, colouredSessions).map(({ key, title }, index) => (
          <li key={key} className="flex min-w-0 max-w-56 items-center gap-1.5">
            <span className="size-2 shrink-0 rounded-[2px]" style={{ background: colourOf(index) }} />
            <span className="truncate">{title}</span>
          </li>
        ))}
        {grey > 0 && (
          <li className="flex items-center gap-1.5">
            <span className="size-2 rounded-[2px] bg-idle" />
            {counted(grey, "more session")}
          </li>
        )}
        <li className="flex items-center gap-1.5">
          <span className="w-4 border-t-2 border-dotted border-text-3" />
          Corral itself
        </li>
      </ul>
      <p className="numbers mt-1.5 text-meta text-text-3">
        {ownWords(seen)}Looking costs {formatMillis(seen.lookMillis)}: once a second while this page is open, once a minute while an agent
        runs, never else.
      </p>
    </>
  )
}

const ownWords = ({ own }: Processes): string => {
  if (own === undefined) return ""
  const supervisor = own.supervisorBytes === null ? "" : `, supervisor ${formatBytes(own.supervisorBytes)}`
  return `Corral itself holds ${formatBytes(own.serverBytes + (own.supervisorBytes ?? 0))} (server ${formatBytes(own.serverBytes)}${supervisor}). `
}

const formatMillis = (millis: number): string => (millis < 10 ? `${millis.toFixed(1)} ms` : `${Math.round(millis)} ms`)
