// The first run, on one page: which agents there are, which folder, the first question. Nothing has to be read to get an answer.
import { useNavigate } from "@tanstack/react-router"
import { useState, type ReactNode } from "react"
import { newId } from "@corral/client/ids"
import type { Provider } from "@corral/contracts/provider"
import { Brand } from "../app/brand.tsx"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import { useOrder } from "../link/use-order.ts"
import { keepConfig, usualConfig } from "../thread/usual-config.ts"
import { Composer } from "../turn/composer.tsx"
import { ConfigMenus } from "../turn/config-menus.tsx"
import { AgentList } from "./agent-list.tsx"
import { FolderChooser } from "./folder-chooser.tsx"
import { MachineCard } from "./machine-card.tsx"
import { PracticeOffer } from "./practice-offer.tsx"

export const WelcomePage = () => {
  const { shell } = useLink()
  const providers = useKey(shell.facts, "facts")?.providers ?? []
  const [path, setPath] = useState<string | null>(null)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 py-8 desk:px-6 desk:py-14">
      <div className="mx-auto w-full max-w-160">
        <header className="mb-8">
          <div className="mb-3 flex items-center gap-2.5">
            <Brand />
            <h1 className="text-title font-semibold">Corral</h1>
          </div>
          <p className="text-prose text-text-2">Run many coding agents, leave no strays. Three things, then you talk to one.</p>
        </header>
        <Step number={1} title="Agents on this machine">
          <div className="rounded-panel border border-line">
            <AgentList providers={providers} />
          </div>
        </Step>
        <Step number={2} title="A folder to work in">
          <FolderChooser path={path} onPath={setPath} />
        </Step>
        <Step number={3} title="Your first question">
          <FirstQuestion key={providers.map((one) => one.provider).join()} providers={providers} path={path ?? ""} />
        </Step>
        <MachineCard />
      </div>
    </div>
  )
}

const Step = ({ number, title, children }: { readonly number: number; readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title} className="mb-8">
    <h2 className="mb-2.5 flex items-baseline gap-2.5 font-semibold">
      <span className="numbers text-text-3">{number}</span>
      {title}
    </h2>
    {children}
  </section>
)

const FirstQuestion = ({ providers, path }: { readonly providers: readonly Provider[]; readonly path: string }) => {
  const order = useOrder()
  const navigate = useNavigate()
  const [config, setConfig] = useState(() => usualConfig(providers))
  const [version, setVersion] = useState(0)
  const start = async (text: string): Promise<boolean> => {
    if (config === null) return false
    const projectId = newId("prj")
    const threadId = newId("thr")
    keepConfig(config)
    if (!(await order({ _tag: "project.add", projectId, path, name: null }))) return false
    if (!(await order({ _tag: "thread.create", threadId, projectId, title: null, config }))) return false
    const isTaken = await order({ _tag: "turn.start", threadId, turnId: newId("trn"), text, whenBusy: "queue" })
    void navigate({ to: "/thread/$threadId", params: { threadId } })
    return isTaken
  }
  return (
    <>
      <Composer
        key={version}
        draftKey="welcome"
        placeholder="What should the agent do in this folder?"
        onSend={start}
        blocked={config === null ? "No agent can be used yet" : path.trim() === "" ? "Choose a folder" : null}
        recall={[]}
        controls={
          config !== null && (
            <ConfigMenus
              config={config}
              providers={providers}
              isRunning={false}
              onChange={(change) => setConfig({ ...config, ...change })}
            />
          )
        }
      />
      <PracticeOffer
        providers={providers}
        onTake={(practice) => {
          setConfig(practice)
          setVersion(version + 1)
        }}
      />
    </>
  )
}
