// What the agent thought: folded, opened by a press; while it thinks the line says so.
import { Brain } from "lucide-react"
import { useState } from "react"
import type { Row } from "@corral/contracts/turn"
import { Markdown } from "../markdown/markdown.tsx"
import { FoldLine } from "./fold-line.tsx"

const firstLineChars = 120

export const ThinkingRow = ({ row }: { readonly row: Extract<Row, { _tag: "thinking" }> }) => {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="py-px">
      <FoldLine isOpen={isOpen} onToggle={() => setOpen(!isOpen)} icon={Brain} tone={row.done ? "plain" : "live"}>
        <span className="shrink-0">{row.done ? "Thought" : "Thinking"}</span>
        {!isOpen && <span className="truncate text-sec text-text-3">{row.text.slice(0, firstLineChars).replaceAll(/[\s*#`]+/g, " ")}</span>}
      </FoldLine>
      {isOpen && (
        <div className="my-1 ml-2 border-l border-line pl-4 text-text-2">
          <Markdown text={row.text} done={row.done} />
        </div>
      )}
    </div>
  )
}
