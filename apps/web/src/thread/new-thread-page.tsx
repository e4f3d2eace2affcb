// A new thread: which project, which agent, and the first message.
import { useNavigate } from "@tanstack/react-router"
import { ChevronDown, Folder, FolderPlus } from "lucide-react"
import { useState } from "react"
import { newId } from "@corral/client/ids"
import type { Project } from "@corral/contracts/project"
import { openLayer } from "../app/layers.ts"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import { useOrder } from "../link/use-order.ts"
import { Composer } from "../turn/composer.tsx"
import { ConfigMenus } from "../turn/config-menus.tsx"
import { Menu } from "../ui/menu.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { usualConfig, keepConfig } from "./usual-config.ts"

export const NewThreadPage = ({ project: wanted }: { readonly project: string | null }) => {
  const { shell } = useLink()
  const facts = useKey(shell.facts, "facts")
  const newest = shell.threads.get(shell.lists.get("lists")?.order[0] ?? newId("thr"))?.projectId
  const [chosen, setChosen] = useState<string | null>(wanted)
  if (facts === undefined) {
    return (
      <div className="reading-column p-6">
        <h1 className="sr-only">New thread</h1>
        <Skeleton label="Waiting for the server" lines={["40%", "90%"]} />
      </div>
    )
  }
  const project =
    facts.projects.find((one) => one.projectId === (chosen ?? wanted)) ??
    facts.projects.find((one) => one.projectId === newest) ??
    facts.projects[0]
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-3 pb-4 desk:px-6">
      <div className="reading-column my-auto max-w-200 py-6">
        <h1 className="mb-4 px-1 text-title font-semibold">New thread</h1>
        {project === undefined ? <NoProject /> : <FirstMessage key={project.projectId} project={project} onProject={setChosen} />}
      </div>
    </div>
  )
}

interface FirstMessageProps {
  readonly project: Project
  readonly onProject: (projectId: string) => void
}

const FirstMessage = ({ project, onProject }: FirstMessageProps) => {
  const { shell } = useLink()
  const order = useOrder()
  const navigate = useNavigate()
  const providers = useKey(shell.facts, "facts")?.providers ?? []
  const [config, setConfig] = useState(() => usualConfig(providers))
  const start = async (text: string): Promise<boolean> => {
    if (config === null) return false
    const threadId = newId("thr")
    keepConfig(config)
    if (!(await order({ _tag: "thread.create", threadId, projectId: project.projectId, title: null, config }))) return false
    const isTaken = await order({ _tag: "turn.start", threadId, turnId: newId("trn"), text, whenBusy: "queue" })
    void navigate({ to: "/thread/$threadId", params: { threadId } })
    return isTaken
  }
  return (
    <Composer
      draftKey={`new.${project.projectId}`}
      placeholder={`What should be done in ${project.name}?`}
      onSend={start}
      blocked={config === null ? "No agent can be used yet" : null}
      recall={[]}
      autoFocus
      controls={
        <>
          <ProjectMenu project={project} onProject={onProject} />
          {config !== null && (
            <ConfigMenus
              config={config}
              providers={providers}
              isRunning={false}
              onChange={(change) => setConfig({ ...config, ...change })}
            />
          )}
        </>
      }
    />
  )
}

const ProjectMenu = ({ project, onProject }: FirstMessageProps) => {
  const projects = useKey(useLink().shell.facts, "facts")?.projects ?? []
  return (
    <Menu
      name="Project"
      sections={[
        {
          entries: projects.map((one) => ({
            key: one.projectId,
            label: one.name,
            note: one.path,
            chosen: one.projectId === project.projectId,
            run: () => onProject(one.projectId),
          })),
        },
        { entries: [{ key: "add", label: "Add a project…", icon: FolderPlus, run: () => openLayer({ tag: "add-project" }) }] },
      ]}
      trigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          aria-label={`Project: ${project.name}`}
          className="inline-flex h-7 min-w-0 items-center gap-1.5 rounded-control px-2 text-sec text-text-2 hover:bg-overlay hover:text-text coarse:h-11"
        >
          <Folder size={13} strokeWidth={1.75} aria-hidden className="shrink-0" />
          <span className="max-w-44 truncate">{project.name}</span>
          <ChevronDown size={11} strokeWidth={1.75} aria-hidden className="shrink-0 text-text-3" />
        </button>
      )}
    />
  )
}

const NoProject = () => (
  <button
    type="button"
    onClick={() => openLayer({ tag: "add-project" })}
    className="inline-flex items-center gap-2 rounded-control border border-line bg-raised px-3 py-1.5 coarse:min-h-11"
  >
    <FolderPlus size={15} strokeWidth={1.75} aria-hidden />
    Add a project to begin
  </button>
)
