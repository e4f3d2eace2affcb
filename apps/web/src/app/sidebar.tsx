// The left column: who needs the person, the projects with their threads, what is archived, the machine's heartbeat.
import { Link as RouteLink } from "@tanstack/react-router"
import { PanelLeftClose, Plus, Search, Stethoscope } from "lucide-react"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import { IconButton } from "../ui/icon-button.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { ArchivedGroup } from "./archived-group.tsx"
import { Brand } from "./brand.tsx"
import { Heartbeat } from "./heartbeat.tsx"
import { openLayer } from "./layers.ts"
import { OlderThreads } from "./older-threads.tsx"
import { setPreference } from "./preferences.ts"
import { ProjectGroup } from "./project-group.tsx"
import { ThreadRow } from "./thread-row.tsx"
import { useStillLists } from "./use-still-lists.ts"

export const Sidebar = ({ isPage = false }: { readonly isPage?: boolean }) => (
  <div className="flex h-full min-h-0 flex-col bg-canvas">
    <header className="flex h-11 shrink-0 items-center gap-1 px-3">
      <RouteLink to="/" className="mr-auto flex items-center gap-2 rounded-control px-1 py-0.5 font-semibold">
        <Brand />
        Corral
      </RouteLink>
      <RouteLink
        to="/doctor"
        aria-label="Doctor"
        title="Doctor: every agent and MCP server on this machine (G D)"
        className={linkClass}
        activeProps={{ "aria-current": "page" }}
      >
        <Stethoscope size={15} strokeWidth={1.75} aria-hidden />
      </RouteLink>
      <IconButton icon={Search} name="Search" keys="Ctrl K" onClick={() => openLayer({ tag: "palette" })} />
      <RouteLink to="/new" aria-label="New thread" title="New thread (Ctrl Shift O)" className={linkClass}>
        <Plus size={15} strokeWidth={1.75} aria-hidden />
      </RouteLink>
      {!isPage && (
        <IconButton icon={PanelLeftClose} name="Hide sidebar" keys="[" onClick={() => setPreference({ isSidebarHidden: true })} />
      )}
    </header>
    <ThreadGroups />
    {!isPage && <Heartbeat />}
  </div>
)

const linkClass =
  "inline-flex size-7 shrink-0 items-center justify-center rounded-control text-text-2 hover:bg-raised hover:text-text aria-[current]:bg-raised aria-[current]:text-text coarse:size-11"

const ThreadGroups = () => {
  const { shell } = useLink()
  const facts = useKey(shell.facts, "facts")
  const { lists, stillness } = useStillLists()
  if (facts === undefined) {
    return (
      <div className="flex-1 p-4">
        <Skeleton label="Loading threads" lines={["40%", "90%", "80%", "85%", "30%", "75%"]} />
      </div>
    )
  }
  return (
    <nav aria-label="Threads" className="min-h-0 flex-1 overflow-y-auto px-2 pb-4 [scrollbar-gutter:stable]" {...stillness}>
      {lists.needsYou.length > 0 && (
        <section aria-label="Needs you" className="mt-2">
          <h2 className="flex h-7 items-center justify-between px-2 text-sec font-medium text-attention">
            Needs you <span className="numbers">{lists.needsYou.length}</span>
          </h2>
          {lists.needsYou.map((threadId) => (
            <ThreadRow key={threadId} threadId={threadId} />
          ))}
        </section>
      )}
      {facts.projects.map((project) => (
        <ProjectGroup key={project.projectId} project={project} threads={lists.byProject.get(project.projectId) ?? []} />
      ))}
      <OlderThreads name="Show older threads" left={facts.active - lists.order.length} fetch={shell.fetchOlder} />
      <ArchivedGroup total={facts.archived} threads={lists.archived} />
    </nav>
  )
}
