// One thread in the sidebar: glyph, title, and its memory while it runs or its age while it sleeps.
import { Link as RouteLink } from "@tanstack/react-router"
import { memo } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import type { ThreadSummary } from "@corral/contracts/thread"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import { useThreadVitals } from "../runtime/use-vitals.ts"
import { Glyph } from "../thread/glyph.tsx"
import { useUnread } from "../thread/seen.ts"
import { isRunning, statusOf } from "../thread/status.ts"
import { Age } from "../ui/ago.tsx"
import { cx } from "../ui/cx.ts"
import { formatBytes } from "../ui/format-bytes.ts"

export const ThreadRow = memo(function ThreadRow({ threadId }: { readonly threadId: ThreadId }) {
  const summary = useKey(useLink().shell.threads, threadId)
  const isUnread = useUnread(summary)
  if (summary === undefined) return null
  const view = statusOf(summary, isUnread)
  return (
    <RouteLink
      to="/thread/$threadId"
      params={{ threadId }}
      title={summary.title}
      className="focus-inset flex h-7 items-center gap-2 rounded-control pr-2 pl-2 text-text-2 hover:bg-raised hover:text-text coarse:h-11"
      activeProps={{ className: "bg-raised !text-text", "aria-current": "page" }}
    >
      <Glyph view={view} />
      <span className={cx("min-w-0 flex-1 truncate", (isUnread || view.status === "needs") && "font-medium text-text")}>
        {summary.title}
      </span>
      <Trailing summary={summary} />
    </RouteLink>
  )
})

const Trailing = ({ summary }: { readonly summary: ThreadSummary }) => {
  const vitals = useThreadVitals(summary.threadId)
  if (isRunning(summary) && vitals !== undefined) {
    return <span className="numbers shrink-0 text-meta text-text-2">{formatBytes(vitals.memoryBytes)}</span>
  }
  return (
    <span className="shrink-0 text-meta text-text-3">
      <Age at={summary.touchedAt} />
    </span>
  )
}
