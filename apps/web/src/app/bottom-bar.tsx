// The phone's bar: four places, each a page with its own address.
import { Link as RouteLink } from "@tanstack/react-router"
import { Activity, List, MessageSquare, Settings, type LucideIcon } from "lucide-react"
import { useLink } from "../link/link.ts"
import { noLists } from "../link/thread-lists.ts"
import { useKey } from "../link/use-key.ts"
import { useLastThread } from "./last-thread.ts"

export const BottomBar = () => {
  const lists = useKey(useLink().shell.lists, "lists") ?? noLists
  const last = useLastThread()
  return (
    <nav aria-label="Places" className="flex shrink-0 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)]">
      <RouteLink to="/" activeOptions={{ exact: true }} className={place} activeProps={here}>
        <PlaceInside icon={List} name="Threads" count={lists.needsYou.length} />
      </RouteLink>
      {last === null ? (
        <RouteLink to="/new" className={place} activeProps={here}>
          <PlaceInside icon={MessageSquare} name="New" />
        </RouteLink>
      ) : (
        <RouteLink to="/thread/$threadId" params={{ threadId: last }} className={place} activeProps={here}>
          <PlaceInside icon={MessageSquare} name="Thread" />
        </RouteLink>
      )}
      <RouteLink to="/processes" className={place} activeProps={here}>
        <PlaceInside icon={Activity} name="Processes" />
      </RouteLink>
      <RouteLink to="/settings" className={place} activeProps={here}>
        <PlaceInside icon={Settings} name="Settings" />
      </RouteLink>
    </nav>
  )
}

const place = "focus-inset flex h-13 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-meta text-text-3"
const here = { className: "!text-accent-text", "aria-current": "page" } as const

interface PlaceProps {
  readonly icon: LucideIcon
  readonly name: string
  readonly count?: number
}

const PlaceInside = ({ icon: Icon, name, count = 0 }: PlaceProps) => (
  <>
    <Icon size={18} strokeWidth={1.75} aria-hidden />
    <span>
      {name}
      {count > 0 && (
        <span className="text-attention">
          {" "}
          <span aria-hidden>◆</span> {count}
          <span className="sr-only"> need you</span>
        </span>
      )}
    </span>
  </>
)
