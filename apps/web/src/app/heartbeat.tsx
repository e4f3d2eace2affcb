// The foot of the sidebar: what all threads hold now; opens Processes. Amber when nothing can be said, red on a stray.
import { Link as RouteLink } from "@tanstack/react-router"
import { Activity, Settings } from "lucide-react"
import { useBlind, useProcesses } from "../runtime/use-vitals.ts"
import { useMinutes } from "../ui/clock.ts"
import { cx } from "../ui/cx.ts"
import { quantityOfBytes } from "../ui/format-bytes.ts"
import { beatOf, type Beat } from "./beat.ts"

const icons: Readonly<Record<Beat["icon"], string>> = {
  quiet: "text-text-3",
  idle: "text-idle",
  live: "text-live",
  attention: "text-attention",
  danger: "text-danger",
}
const texts: Readonly<Record<Beat["text"], string>> = { plain: "", attention: "text-attention", danger: "text-danger" }

export const Heartbeat = () => {
  const blind = useBlind()
  const beat = beatOf(useProcesses(), blind, useMinutes())
  return (
    <footer className="flex h-10 shrink-0 items-center gap-1 border-t border-line px-2">
      <RouteLink
        to="/processes"
        title={blind ?? "Processes (G P)"}
        className="focus-inset flex h-8 min-w-0 flex-1 items-center gap-2 rounded-control px-2 text-sec text-text-2 hover:bg-raised hover:text-text"
        activeProps={{ className: "bg-raised !text-text", "aria-current": "page" }}
      >
        <Activity size={14} strokeWidth={1.75} aria-hidden className={cx("shrink-0", icons[beat.icon])} />
        <span className={cx("numbers min-w-0 flex-1 truncate", texts[beat.text])}>{beat.words}</span>
        {beat.heldBytes !== null && <Held bytes={beat.heldBytes} />}
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

const Held = ({ bytes }: { readonly bytes: number }) => {
  const held = quantityOfBytes(bytes)
  return (
    <span className="numbers shrink-0 font-medium text-text">
      {held.number} <span className="font-normal text-text-3">{held.unit}</span>
    </span>
  )
}
