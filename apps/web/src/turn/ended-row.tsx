// How a turn ended, where its answer does not say it.
import { CircleSlash, TriangleAlert } from "lucide-react"
import type { Row } from "@corral/contracts/turn"
import { CopyButton } from "../ui/copy-button.tsx"
import { formatDuration } from "../ui/format-time.ts"

export const EndedRow = ({ row }: { readonly row: Extract<Row, { _tag: "ended" }> }) => {
  if (row.outcome !== "failed") {
    return (
      <p className="flex items-center gap-2 py-1.5 text-text-3">
        <CircleSlash size={13} strokeWidth={1.75} aria-hidden />
        {row.outcome === "interrupted" ? `Stopped after ${formatDuration(row.millis)}` : `Finished in ${formatDuration(row.millis)}`}
        {row.error !== null && <span className="min-w-0 break-words">: {row.error}</span>}
      </p>
    )
  }
  const error = row.error ?? "The agent gave no reason."
  return (
    <div className="my-2 flex items-start gap-2.5 rounded-panel border border-line px-3.5 py-2.5">
      <TriangleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-danger">Failed after {formatDuration(row.millis)}</p>
        <p className="break-words whitespace-pre-wrap text-text-2">{error}</p>
        <p className="text-sec text-text-3">What was written above is kept. Send again when the cause is gone.</p>
      </div>
      <CopyButton text={error} label="Copy the error" />
    </div>
  )
}
