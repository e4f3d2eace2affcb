// A stop in the conversation, with its certificate a press away.
import { Link as RouteLink } from "@tanstack/react-router"
import type { Row } from "@corral/contracts/turn"
import { isStopReason, reasonWords } from "../runtime/reason-words.ts"
import { useMinutes } from "../ui/clock.ts"
import { cx } from "../ui/cx.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatMoment } from "../ui/format-time.ts"

export const StoppedRow = ({ row }: { readonly row: Extract<Row, { _tag: "stopped" }> }) => {
  const now = useMinutes()
  const isStuck = row.outcome === "stuck"
  const why = isStopReason(row.reason) ? reasonWords[row.reason] : row.reason
  return (
    <p className={cx("numbers flex flex-wrap items-center gap-x-2 py-2 text-sec", isStuck ? "text-danger" : "text-text-3")}>
      <span aria-hidden>{isStuck ? "▲" : "–"}</span>
      <span>
        {isStuck ? "stuck" : "asleep"} {formatMoment(row.at, now)}, {why}
        {row.freedBytes > 0 && `, freed ${formatBytes(row.freedBytes)}`}, {row.left} left
        {row.unseen !== undefined && " as far as could be seen"}
      </span>
      <RouteLink
        to="/processes"
        search={{ certificate: row.certificateId }}
        className="text-text-2 underline decoration-line-strong underline-offset-2 hover:text-text"
      >
        certificate
      </RouteLink>
      {row.ended !== undefined && (
        <span className="order-last basis-full break-words" title="They do not come back when the thread wakes">
          Ended with it: {row.ended.join(" · ")}
        </span>
      )}
      <span aria-hidden className="h-px min-w-6 flex-1 bg-line" />
    </p>
  )
}
