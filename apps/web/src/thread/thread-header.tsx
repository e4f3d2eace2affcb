// The head of a thread: status, title, project, what it holds in memory and processor, and what can be done with it.
import { Link as RouteLink } from "@tanstack/react-router"
import { Archive, ArrowLeft, Cpu, MemoryStick } from "lucide-react"
import type { Thread } from "@corral/contracts/thread"
import { summarize } from "@corral/domain/views/thread-list"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import { useBlind, useThreadVitals, useVitalsWatch } from "../runtime/use-vitals.ts"
import { counted } from "../ui/counted.ts"
import { quantityOfBytes } from "../ui/format-bytes.ts"
import { IconButton } from "../ui/icon-button.tsx"
import { usePhone } from "../ui/use-media.ts"
import { Glyph } from "./glyph.tsx"
import { statusOf } from "./status.ts"
import { ThreadMenu } from "./thread-menu.tsx"
import { useArchive } from "./use-archive.ts"
import { useSight } from "./use-sight.ts"

export const ThreadHeader = ({ thread }: { readonly thread: Thread }) => {
  const { shell } = useLink()
  const isPhone = usePhone()
  const sight = useSight(thread.threadId)
  const archive = useArchive()
  const project = useKey(shell.facts, "facts")?.projects.find((one) => one.projectId === thread.projectId)
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-3 desk:gap-2.5 desk:px-4 coarse:h-13">
      {isPhone && (
        <RouteLink
          to="/"
          aria-label="All threads"
          className="-ml-2 inline-flex size-9 items-center justify-center text-text-2 coarse:size-11"
        >
          <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
        </RouteLink>
      )}
      <Glyph view={statusOf(summarize(thread, sight), false)} className="size-3.5" />
      <h1 title={thread.title} className="min-w-0 truncate text-ui font-semibold">
        {thread.title}
      </h1>
      {project !== undefined && (
        <span title={project.path} className="hidden min-w-0 shrink-2 truncate text-sec text-text-3 desk:block">
          {project.name}
        </span>
      )}
      <span className="flex-1" />
      {thread.runtime.state !== "asleep" && <VitalsChip thread={thread} />}
      {thread.status === "active" && !isPhone && <IconButton icon={Archive} name="Archive" onClick={() => void archive(thread)} />}
      <ThreadMenu thread={thread} />
    </header>
  )
}

const VitalsChip = ({ thread }: { readonly thread: Thread }) => {
  useVitalsWatch(true)
  const vitals = useThreadVitals(thread.threadId)
  const blind = useBlind()
  if (vitals === undefined) return blind === undefined ? null : <Unknown why={blind} />
  const memory = quantityOfBytes(vitals.memoryBytes)
  const held = counted(vitals.processes, "process", "processes")
  return (
    <RouteLink
      to="/processes"
      search={{ thread: thread.threadId }}
      title={`${held}: open them`}
      className="numbers inline-flex h-7 shrink-0 items-center gap-2 rounded-control bg-raised px-2 text-sec text-text hover:bg-overlay coarse:h-11"
    >
      <span className="inline-flex items-center gap-1.5">
        <MemoryStick size={13} strokeWidth={1.75} aria-hidden className="text-live" />
        {memory.number} <span className="text-text-3">{memory.unit}</span>
        <span className="sr-only"> of memory, held by {held}</span>
      </span>
      <span className="hidden items-center gap-1.5 desk:inline-flex">
        <Cpu size={13} strokeWidth={1.75} aria-hidden className="text-text-3" />
        <span className="min-w-[4ch] text-right">{Math.round(vitals.cpuPercent)} %</span>
        <span className="sr-only"> of a processor</span>
      </span>
    </RouteLink>
  )
}

const Unknown = ({ why }: { readonly why: string }) => (
  <span
    title={why}
    className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-control bg-raised px-2 text-sec text-attention coarse:h-11"
  >
    <MemoryStick size={13} strokeWidth={1.75} aria-hidden />
    unknown
    <span className="sr-only"> what it holds: {why}</span>
  </span>
)
