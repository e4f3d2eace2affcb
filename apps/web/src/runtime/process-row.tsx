// One process of a session: name, ports, command byte by byte, pid and age, memory, processor.
import { portWords } from "@corral/domain/views/port-words"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatDuration, formatFull } from "../ui/format-time.ts"
import { columns } from "./tree-columns.ts"
import { processName, type TreeLine } from "./tree-order.ts"

/** Deeper than this the indent stays, or the name would have no room. */
const drawnDepth = 5

interface ProcessRowProps {
  readonly line: TreeLine
  /** When this was seen. */
  readonly at: number
}

export const ProcessRow = ({ line: { process, depth }, at }: ProcessRowProps) => {
  const age = formatDuration(Math.max(0, at - process.startedAt))
  const ports = portWords(process.ports)
  const indent = Math.min(depth, drawnDepth)
  return (
    <div
      role="row"
      tabIndex={0}
      aria-level={depth + 2}
      className={`focus-inset numbers flex min-h-6.5 flex-wrap items-center gap-x-3 px-4 text-sec text-text-2 wide:grid ${columns}`}
    >
      <span role="gridcell" className="flex min-w-0 flex-1 basis-24 items-center" style={{ paddingLeft: `${2.5 + indent * 0.9}rem` }}>
        {depth > 0 && (
          <span aria-hidden className="mr-1.5 font-mono text-text-3">
            └
          </span>
        )}
        <code className="truncate text-text">{processName(process.command)}</code>
        {ports !== "" && (
          <span
            className="ml-2 shrink-0 text-meta whitespace-nowrap text-accent-text"
            title={`listens on TCP ${(process.ports ?? []).join(", ")}`}
          >
            {ports}
          </span>
        )}
      </span>
      <code role="gridcell" title={process.command} className="hidden min-w-0 truncate text-meta text-text-3 wide:block">
        {process.command}
      </code>
      <span role="gridcell" className="text-meta whitespace-nowrap text-text-3" title={`since ${formatFull(process.startedAt)}`}>
        pid {process.pid}
        <span className="wide:hidden"> · {age}</span>
      </span>
      <span role="gridcell" className="text-right">
        {formatBytes(process.memoryBytes)}
      </span>
      <span role="gridcell" className="text-right">
        {process.cpuPercent.toFixed(1)} %
      </span>
      <span role="gridcell" className="hidden wide:block" />
      <span role="gridcell" className="hidden text-right text-meta text-text-3 wide:block">
        {age}
      </span>
    </div>
  )
}
