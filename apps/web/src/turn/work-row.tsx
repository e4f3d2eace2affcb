// The work of a settled turn as one line; opened, its rows follow below.
import { FoldLine } from "./fold-line.tsx"
import type { Item } from "./items.ts"
import { counted } from "../ui/counted.ts"
import { formatDuration } from "../ui/format-time.ts"

interface WorkRowProps {
  readonly item: Extract<Item, { kind: "work" }>
  readonly onToggle: () => void
}

export const WorkRow = ({ item, onToggle }: WorkRowProps) => {
  const tools = item.rows.filter((row) => row._tag === "tool")
  const failed = tools.filter((row) => row.status === "failed" || row.status === "denied" || row.status === "lost").length
  const files = new Set(tools.filter((row) => row.kind === "edit").map((row) => row.title)).size
  const parts = [
    counted(item.rows.length, "step"),
    ...(files > 0 ? [counted(files, "file")] : []),
    ...(failed > 0 ? [`${failed} not done`] : []),
  ]
  return (
    <div className="py-1">
      <FoldLine isOpen={item.isOpen} onToggle={onToggle}>
        <span className="numbers text-sec text-text-3">
          Worked {formatDuration(item.millis)} · {parts.join(" · ")}
        </span>
      </FoldLine>
    </div>
  )
}
