// Agent, model, effort and mode as menus. Each says beforehand what a change does to the process that runs.
import { ChevronDown, Gauge, ShieldCheck, Sparkles, type LucideIcon } from "lucide-react"
import type { Config, Mode, Model, Provider } from "@corral/contracts/provider"
import { cx } from "../ui/cx.ts"
import { Menu, type MenuSection, type TriggerProps } from "../ui/menu.tsx"

interface ConfigMenusProps {
  readonly config: Config
  readonly providers: readonly Provider[]
  /** A process serves the thread now, so a change reaches it. */
  readonly isRunning: boolean
  readonly onChange: (change: Partial<Config>) => void
}

export const modeWords: Readonly<Record<Mode, { readonly label: string; readonly note: string }>> = {
  ask: { label: "Ask first", note: "Asks before it runs or changes anything" },
  edit: { label: "Edit freely", note: "Changes files in the project, asks for the rest" },
  full: { label: "Full access", note: "Asks for nothing" },
  plan: { label: "Plan only", note: "Reads and plans, changes nothing" },
}

export const ConfigMenus = (props: ConfigMenusProps) => {
  const { config, providers, onChange } = props
  const provider = providers.find((one) => one.provider === config.provider)
  const model = provider?.models.find((one) => one.model === config.model)
  const efforts = (model ?? provider?.models[0])?.efforts ?? []
  return (
    <>
      <Menu
        name="Agent and model"
        head={headOf(props, provider, "model")}
        sections={agentSections(props, provider)}
        trigger={(trigger) => (
          <Trigger trigger={trigger} icon={Sparkles} name="Agent and model">
            {`${provider?.name ?? config.provider}${config.model === null ? "" : ` · ${model?.name ?? config.model}`}`}
          </Trigger>
        )}
      />
      {efforts.length > 0 && (
        <Menu
          name="Effort"
          head={headOf(props, provider, "effort")}
          sections={[{ entries: [null, ...efforts].map((effort) => effortEntry(effort, config, onChange)) }]}
          trigger={(trigger) => (
            <Trigger trigger={trigger} icon={Gauge} name="Effort">
              {effortWord(config.effort)}
            </Trigger>
          )}
        />
      )}
      <Menu
        name="Mode"
        head={headOf(props, provider, "mode")}
        sections={[{ entries: (provider?.modes ?? [config.mode]).map((mode) => modeEntry(mode, config, onChange)) }]}
        trigger={(trigger) => (
          <Trigger trigger={trigger} icon={ShieldCheck} name="Mode">
            {modeWords[config.mode].label}
          </Trigger>
        )}
      />
    </>
  )
}

const effortWord = (effort: string | null): string =>
  effort === null ? "Default effort" : effort.charAt(0).toUpperCase() + effort.slice(1)

const effortEntry = (effort: string | null, config: Config, onChange: ConfigMenusProps["onChange"]) => ({
  key: effort ?? "",
  label: effortWord(effort),
  chosen: config.effort === effort,
  run: () => onChange({ effort }),
})

const modeEntry = (mode: Mode, config: Config, onChange: ConfigMenusProps["onChange"]) => ({
  key: mode,
  label: modeWords[mode].label,
  note: modeWords[mode].note,
  chosen: config.mode === mode,
  run: () => onChange({ mode }),
})

const agentSections = ({ config, providers, onChange }: ConfigMenusProps, provider: Provider | undefined): readonly MenuSection[] => {
  const models: readonly (Model | null)[] = [null, ...(provider?.models ?? [])]
  return [
    {
      label: "Agent",
      entries: providers.map((one) => ({
        key: one.provider,
        label: one.name,
        note: one.problem?.message,
        disabled: one.problem !== null,
        chosen: one.provider === config.provider,
        run: () => one.provider !== config.provider && onChange({ provider: one.provider, model: null, effort: null }),
      })),
    },
    {
      label: "Model",
      entries: models.map((model) => ({
        key: model?.model ?? "",
        label: model?.name ?? "The agent's default",
        note: model?.description === "" ? undefined : model?.description,
        chosen: config.model === (model?.model ?? null),
        run: () => onChange({ model: model?.model ?? null, effort: null }),
      })),
    },
  ]
}

const headOf = ({ isRunning }: ConfigMenusProps, provider: Provider | undefined, what: "model" | "effort" | "mode"): string => {
  if (!isRunning) return "Used when the agent starts."
  if (provider?.live.includes(what) === true) return "Changes the running agent; nothing is restarted."
  return "Restarts the agent: it is stopped first, then it resumes the conversation."
}

interface MenuTriggerProps {
  readonly trigger: TriggerProps
  readonly icon: LucideIcon
  readonly name: string
  readonly children: string
}

const Trigger = ({ trigger, icon: Icon, name, children }: MenuTriggerProps) => (
  <button
    type="button"
    {...trigger}
    aria-label={`${name}: ${children}`}
    title={name}
    className={cx(
      "inline-flex h-7 min-w-0 items-center gap-1.5 rounded-control px-2 text-sec text-text-2 hover:bg-overlay hover:text-text",
      "aria-expanded:bg-overlay coarse:h-11",
    )}
  >
    <Icon size={13} strokeWidth={1.75} aria-hidden className="shrink-0" />
    <span className="max-w-44 truncate">{children}</span>
    <ChevronDown size={11} strokeWidth={1.75} aria-hidden className="shrink-0 text-text-3" />
  </button>
)
