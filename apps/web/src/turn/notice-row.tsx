// Something that the thread must tell: a line, with its details where there are any.
import { Info, TriangleAlert } from "lucide-react"
import { useState } from "react"
import type { Row } from "@corral/contracts/turn"
import { CopyButton } from "../ui/copy-button.tsx"
import { cx } from "../ui/cx.ts"

const tones = { info: "text-text-2", warning: "text-attention", error: "text-danger" } as const

export const NoticeRow = ({ row }: { readonly row: Extract<Row, { _tag: "notice" }> }) => {
  const [isOpen, setOpen] = useState(false)
  const Icon = row.level === "info" ? Info : TriangleAlert
  return (
    <div className="flex items-start gap-2 py-1.5">
      <Icon size={14} strokeWidth={1.75} aria-label={row.level} className={cx("mt-0.5 shrink-0", tones[row.level])} />
      <div className="min-w-0 flex-1">
        <p className={cx("break-words whitespace-pre-wrap", tones[row.level])}>{row.text}</p>
        {row.detail !== null && (
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="text-sec text-text-3 underline underline-offset-2 coarse:min-h-11"
          >
            {isOpen ? "Hide details" : "Details"}
          </button>
        )}
        {isOpen && row.detail !== null && (
          <div className="mt-1">
            <pre
              tabIndex={0}
              aria-label="Details"
              className="max-h-60 overflow-auto rounded-control border border-line bg-canvas px-3 py-2 text-code whitespace-pre-wrap"
            >
              {row.detail}
            </pre>
            <CopyButton text={row.detail} label="Copy details">
              Copy details
            </CopyButton>
          </div>
        )}
      </div>
    </div>
  )
}
