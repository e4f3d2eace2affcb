// A project in the sidebar: its name folds its threads; folded, it shows the most urgent of them.
import { Link as RouteLink } from "@tanstack/react-router"
import { ChevronDown, ChevronRight, Plus } from "lucide-react"
import type { ThreadId } from "@corral/contracts/ids"
import type { Project } from "@corral/contracts/project"
import { useLink } from "../link/link.ts"
import { Glyph } from "../thread/glyph.tsx"
import { foremost, statusOf, type Status } from "../thread/status.ts"
import { toggleFolded, usePreferences } from "./preferences.ts"
import { ThreadRow } from "./thread-row.tsx"

interface ProjectGroupProps {
  readonly project: Project
  readonly threads: readonly ThreadId[]
}

export const ProjectGroup = ({ project, threads }: ProjectGroupProps) => {
  const isFolded = usePreferences((preferences) => preferences.folded.includes(project.projectId))
  const Chevron = isFolded ? ChevronRight : ChevronDown
  return (
    <section aria-label={project.name} className="group/project mt-3">
      <h2 className="flex h-7 items-center text-sec text-text-2 coarse:h-11">
        <button
          type="button"
          aria-expanded={!isFolded}
          title={project.path}
          onClick={() => toggleFolded(project.projectId)}
          className="focus-inset flex h-full min-w-0 flex-1 items-center gap-1.5 rounded-control px-2 text-left hover:text-text"
        >
          <Chevron size={12} strokeWidth={1.75} aria-hidden className="shrink-0 text-text-3" />
          <span className="truncate font-medium">{project.name}</span>
          {isFolded && <FoldedStatus threads={threads} />}
        </button>
        <RouteLink
          to="/new"
          search={{ project: project.projectId }}
          aria-label={`New thread in ${project.name}`}
          title={`New thread in ${project.name}`}
          className="inline-flex size-6 items-center justify-center rounded-control text-text-3 opacity-0 group-hover/project:opacity-100 hover:bg-raised hover:text-text focus-visible:opacity-100 coarse:size-11 coarse:opacity-100"
        >
          <Plus size={13} strokeWidth={1.75} aria-hidden />
        </RouteLink>
        <span className="numbers w-6 pr-2 text-right text-meta text-text-3">{threads.length}</span>
      </h2>
      {!isFolded && threads.map((threadId) => <ThreadRow key={threadId} threadId={threadId} />)}
    </section>
  )
}

const FoldedStatus = ({ threads }: { readonly threads: readonly ThreadId[] }) => {
  const { shell } = useLink()
  const all: readonly Status[] = threads.flatMap((threadId) => {
    const summary = shell.threads.get(threadId)
    return summary === undefined ? [] : statusOf(summary, false).status
  })
  const status = foremost(all)
  if (status === "asleep") return null
  return <Glyph view={{ status, name: "The most urgent of its threads" }} className="ml-auto" />
}
