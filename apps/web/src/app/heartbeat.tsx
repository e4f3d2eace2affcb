// The foot of the sidebar: what all threads hold now; opens Processes. Amber when nothing can be said, red on a stray.
import { Link as RouteLink } from "@tanstack/react-router"
import { Activity, Settings } from "lucide-react"
import type { Processes } from "@corral/contracts/tree"
import { useProcesses } from "../runtime/use-vitals.ts"
import { cx } from "../ui/cx.ts"
import { quantityOfBytes } from "../ui/format-bytes.ts"
import { counted } from "../ui/counted.ts"

/** Below this share of free memory the machine is short of it. */
const shortShare = 0.1

export const Heartbeat = () => {
  const seen = useProcesses()
  return (
    <footer className="flex h-10 shrink-0 items-center gap-1 border-t border-line px-2">
      <RouteLink
        to="/processes"
        title="Processes (G P)"
        className="focus-inset flex h-8 min-w-0 flex-1 items-center gap-2 rounded-control px-2 text-sec text-text-2 hover:bg-raised hover:text-text"
        activeProps={{ className: "bg-raised !text-text", "aria-current": "page" }}
      >
        <Activity size={14} strokeWidth={1.75} aria-hidden className={cx("shrink-0", toneOf(seen))} />
        {seen === undefined ? <span>Processes</span> : <Beat seen={seen} />}
      </RouteLink>
      <RouteLink
        to="/settings"
        aria-label="Settings"
        title="Settings (G S)"
        className="inline-flex size-8 items-center justify-center rounded-control text-text-2 hover:bg-raised hover:text-text"
        activeProps={{ "aria-current": "page" }}
      >
        <Settings size={15} strokeWidth={1.75} aria-hidden />
      </RouteLink>
    </footer>
  )
}

const Beat = ({ seen }: { readonly seen: Processes }) => {
  const processes = seen.trees.reduce((sum, tree) => sum + tree.processes.length, 0)
  const held = quantityOfBytes(seen.trees.reduce((sum, tree) => sum + tree.memoryBytes, 0))
  if (!seen.complete) return <span className="text-attention">Unknown: the last look failed</span>
  if (seen.strays.length > 0) return <span className="text-danger">{counted(seen.strays.length, "stray")}</span>
  return (
    <>
      <span className="numbers min-w-0 flex-1 truncate">
        {seen.trees.length === 0 ? "Nothing is running" : `${counted(seen.trees.length, "session")} · ${processes} proc`}
      </span>
      {seen.trees.length > 0 && (
        <span className="numbers shrink-0 font-medium text-text">
          {held.number} <span className="font-normal text-text-3">{held.unit}</span>
        </span>
      )}
    </>
  )
}

const toneOf = (seen: Processes | undefined): string => {
  if (seen === undefined) return "text-text-3"
  if (seen.strays.length > 0) return "text-danger"
  if (!seen.complete || seen.machine.availableBytes < shortShare * seen.machine.totalBytes) return "text-attention"
  return seen.trees.length > 0 ? "text-live" : "text-idle"
}
