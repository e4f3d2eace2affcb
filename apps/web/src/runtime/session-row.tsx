// One session: its thread, the one reason it is alive and the rule that would end it, what it holds, and what ending it costs.
import { Link as RouteLink } from "@tanstack/react-router"
import { ChevronDown, ChevronRight } from "lucide-react"
import type { KeyboardEvent } from "react"
import { sessionKey } from "@corral/domain/views/session-key"
import { formatBytes } from "../ui/format-bytes.ts"
import { counted } from "../ui/counted.ts"
import { AliveBecause } from "./alive-because.tsx"
import type { History } from "./history.ts"
import { SessionActs } from "./session-acts.tsx"
import { Sparkline } from "./sparkline.tsx"
import { columns } from "./tree-columns.ts"
import type { SeenTree } from "./seen-tree.ts"

interface SessionRowProps {
  readonly tree: SeenTree
  readonly isOpen: boolean
  readonly colour: string
  readonly history: History
  readonly onOpen: (isOpen: boolean) => void
}

export const SessionRow = ({ tree, isOpen, colour, history, onOpen }: SessionRowProps) => {
  const cpu = tree.processes.reduce((sum, process) => sum + process.cpuPercent, 0)
  const Chevron = isOpen ? ChevronDown : ChevronRight
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") onOpen(event.key === "ArrowRight")
    else if (event.key === "Enter") onOpen(!isOpen)
  }
  return (
    <div
      role="row"
      tabIndex={0}
      aria-level={1}
      aria-expanded={isOpen}
      onKeyDown={onKeyDown}
      className={`focus-inset flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1 wide:grid ${columns}`}
    >
      <span role="gridcell" className="flex min-w-0 flex-1 basis-48 items-center gap-2">
        <button
          type="button"
          tabIndex={-1}
          aria-label={isOpen ? "Hide its processes" : "Show its processes"}
          onClick={() => onOpen(!isOpen)}
          className="inline-flex size-6 shrink-0 items-center justify-center rounded-control text-text-3 hover:bg-raised coarse:size-11"
        >
          <Chevron size={13} strokeWidth={1.75} aria-hidden />
        </button>
        <span aria-hidden className="size-2 shrink-0 rounded-[2px]" style={{ background: colour }} />
        <Threads tree={tree} />
      </span>
      <span role="gridcell" className="order-3 min-w-0 basis-full wide:order-none">
        <AliveBecause tree={tree} />
      </span>
      <span role="gridcell" className="hidden wide:block">
        <Sparkline history={history} session={sessionKey(tree)} colour={colour} />
      </span>
      <span role="gridcell" className="numbers text-right font-medium">
        {formatBytes(tree.memoryBytes)}
      </span>
      <span role="gridcell" className="numbers text-right text-text-2">
        {cpu.toFixed(1)} %
      </span>
      <span role="gridcell" className="numbers text-right text-text-2" aria-label={counted(tree.processes.length, "process", "processes")}>
        {tree.processes.length}
      </span>
      <span role="gridcell" className="order-4 flex basis-full justify-end gap-1.5 wide:order-none">
        <SessionActs tree={tree} />
      </span>
    </div>
  )
}

const Threads = ({ tree }: { readonly tree: SeenTree }) => {
  const [first, ...others] = tree.threads
  if (first === undefined) return <span className="truncate text-text-2">{tree.provider}, no thread</span>
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <RouteLink
        to="/thread/$threadId"
        params={{ threadId: first.threadId }}
        title={first.title}
        className="truncate font-medium hover:underline"
      >
        {first.title}
      </RouteLink>
      <span className="shrink-0 text-sec text-text-3">
        {others.length > 0 && `and ${counted(others.length, "more thread")} · `}
        {tree.provider}
      </span>
    </span>
  )
}
