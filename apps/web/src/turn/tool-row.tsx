// One use of a tool: a line that opens to what went in and what came out. A failure opens by itself.
import { Bot, FilePen, FileText, Globe, Search, Terminal, Wrench, type LucideIcon } from "lucide-react"
import { useState } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import type { Row, ToolKind } from "@corral/contracts/turn"
import { cx } from "../ui/cx.ts"
import { formatDuration } from "../ui/format-time.ts"
import { FoldLine } from "./fold-line.tsx"
import { ToolDetails } from "./tool-details.tsx"

type Tool = Extract<Row, { _tag: "tool" }>

const icons: Readonly<Record<ToolKind, LucideIcon>> = {
  command: Terminal,
  read: FileText,
  edit: FilePen,
  search: Search,
  fetch: Globe,
  agent: Bot,
  other: Wrench,
}

export const ToolRow = ({ row, threadId }: { readonly row: Tool; readonly threadId: ThreadId }) => {
  const [choice, setChoice] = useState<boolean | null>(null)
  const isProblem = row.status === "failed" || row.status === "denied" || row.status === "lost"
  const isOpen = choice ?? row.status === "failed"
  const tone = isProblem ? "problem" : row.status === "running" ? "live" : "plain"
  return (
    <div className={cx("py-px", row.parent !== null && "ml-5")}>
      <FoldLine isOpen={isOpen} onToggle={() => setChoice(!isOpen)} icon={icons[row.kind]} tone={tone} right={<Result row={row} />}>
        <span className="shrink-0">{row.name}</span>
        <Argument text={row.title} />
      </FoldLine>
      {isOpen && <ToolDetails row={row} threadId={threadId} />}
    </div>
  )
}

// The end of a path tells more than its middle, so a long one keeps both ends.
const Argument = ({ text }: { readonly text: string }) => {
  const line = text.replaceAll("\n", " ⏎ ")
  const cut = line.length > 40 ? line.length - 16 : line.length
  return (
    <span className="flex min-w-0 font-mono text-sec text-text-2">
      <span className="truncate whitespace-pre">{line.slice(0, cut)}</span>
      <span className="shrink-0 whitespace-pre">{line.slice(cut)}</span>
    </span>
  )
}

const words = { running: "running", done: "", failed: "failed", denied: "not allowed", lost: "lost with its process" } as const

const Result = ({ row }: { readonly row: Tool }) => {
  const time = row.endedAt === null ? "" : formatDuration(row.endedAt - row.at)
  const word = words[row.status]
  const isProblem = row.status === "failed" || row.status === "denied" || row.status === "lost"
  return (
    <>
      {word !== "" && <span className={isProblem ? "text-danger" : "text-accent-text"}>{word}</span>}
      {word !== "" && time !== "" && " · "}
      {time}
    </>
  )
}
