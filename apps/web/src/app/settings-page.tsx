// The few settings there are: looks of this browser, and what the server holds to, shown with where it comes from.
import type { ReactNode } from "react"
import type { Status } from "@corral/contracts/rpc"
import { AgentList } from "../project/agent-list.tsx"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import { useStatus } from "../link/use-status.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatDuration, formatFull } from "../ui/format-time.ts"
import { Skeleton } from "../ui/skeleton.tsx"
import { LinkForBrowser } from "./link-for-browser.tsx"
import { openLayer } from "./layers.ts"
import { setPreference, textSizes, themes, usePreferences } from "./preferences.ts"

export const SettingsPage = () => {
  const status = useStatus()
  const providers = useKey(useLink().shell.facts, "facts")?.providers ?? []
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-10 desk:px-6">
      <div className="mx-auto max-w-160">
        <h1 className="py-4 text-title font-semibold">Settings</h1>
        <Looks />
        {status === null ? <Skeleton label="Asking the server" lines={["60%", "80%", "70%"]} /> : <Sessions status={status} />}
        <Group title="Agents">
          <AgentList providers={providers} />
        </Group>
        <Group title="Devices">
          <LinkForBrowser />
        </Group>
        {status !== null && <About status={status} />}
      </div>
    </div>
  )
}

const Looks = () => {
  const { theme, textSize } = usePreferences()
  return (
    <Group title="Appearance">
      <Line name="Theme" note="of this browser">
        <Choice name="Theme" values={themes} value={theme} onChange={(next) => setPreference({ theme: next })} word={(one) => one} />
      </Line>
      <Line name="Text size" note="of this browser">
        <Choice
          name="Text size"
          values={textSizes}
          value={textSize}
          onChange={(next) => setPreference({ textSize: next })}
          word={(one) => `${one} %`}
        />
      </Line>
      <Line name="Keys" note="every key there is">
        <button
          type="button"
          onClick={() => openLayer({ tag: "keys" })}
          className="text-accent-text underline underline-offset-2 coarse:min-h-11"
        >
          Show
        </button>
      </Line>
    </Group>
  )
}

const Sessions = ({ status }: { readonly status: Status }) => (
  <Group title="Sessions and memory">
    <Line name="Put idle sessions to sleep after" note="never while a turn, an approval, background work or Keep holds them">
      {formatDuration(status.idleMillis)}
    </Line>
    <Line
      name="Sleep early when free memory is under"
      note="idle ones only, those first that cost least to resume; meanwhile nothing is started"
    >
      {status.memoryFloorPercent === 0 ? "never" : `${status.memoryFloorPercent} %`}
    </Line>
    <Line name="Most sessions awake at once" note="a thread over it waits in line, and an idle session is put to sleep for it">
      {status.mostAwake === 0 ? "as many as memory allows" : status.mostAwake}
    </Line>
    <Line name="Most memory of one session" note="shown from 80 % on; over it the session is stopped, and you are asked before">
      {status.memoryLimitBytes === 0 ? "no limit" : formatBytes(status.memoryLimitBytes)}
    </Line>
    <Line name="Show a turn as stalled after" note="nothing heard and hardly any CPU used; nothing is stopped by it">
      {status.stallMillis === 0 ? "never" : formatDuration(status.stallMillis)}
    </Line>
    <Line name="Hold sessions without a server for" note="if the server vanishes; then everything is stopped">
      {formatDuration(status.holdMillis)}
    </Line>
    <Line
      name="Watched by"
      note={
        status.supervisor?.watcherArmed === true
          ? "its watcher is armed: should it die, nothing outlives it"
          : "its watcher is not armed: nothing will be launched"
      }
    >
      {status.supervisor === null ? (
        <span className="text-danger">no supervisor</span>
      ) : (
        `${status.supervisor.tier}, pid ${status.supervisor.pid}`
      )}
    </Line>
    {status.problems.map((problem) => (
      <p key={problem} className="border-t border-line px-4 py-2.5 text-attention">
        {problem}
      </p>
    ))}
  </Group>
)

const About = ({ status }: { readonly status: Status }) => (
  <Group title="About">
    <Line name="Version">{status.version}</Line>
    <Line name="Everything is kept in">
      <code className="break-all">{status.home}</code>
    </Line>
    <Line name="Server" note={`since ${formatFull(status.startedAt)}`}>
      pid {status.pid}, {status.memoryBytes === null ? "memory not known" : formatBytes(status.memoryBytes)}
    </Line>
    <Line name="Threads">
      {status.threads}, {status.awake} awake
    </Line>
  </Group>
)

const Group = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title} className="mb-6">
    <h2 className="mb-1.5 text-sec font-medium text-text-2">{title}</h2>
    <div className="overflow-hidden rounded-panel border border-line [&>*+*]:border-t [&>*+*]:border-line">{children}</div>
  </section>
)

const Line = ({ name, note, children }: { readonly name: string; readonly note?: string; readonly children: ReactNode }) => (
  <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
    <div className="min-w-0 flex-1 basis-52">
      <p>{name}</p>
      {note !== undefined && <p className="text-sec text-text-3">{note}</p>}
    </div>
    <div className="numbers min-w-0 text-text-2">{children}</div>
  </div>
)

interface ChoiceProps<T extends string | number> {
  readonly name: string
  readonly values: readonly T[]
  readonly value: T
  readonly onChange: (value: T) => void
  readonly word: (value: T) => string
}

const Choice = <T extends string | number>({ name, values, value, onChange, word }: ChoiceProps<T>) => (
  <div role="radiogroup" aria-label={name} className="flex flex-wrap gap-0.5 rounded-control bg-raised p-0.5">
    {values.map((one) => (
      <label
        key={one}
        className="inline-flex h-6 cursor-pointer items-center rounded-chip px-2 text-sec text-text-2 has-checked:bg-surface has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-focus coarse:h-11 coarse:px-3"
      >
        <input type="radio" name={name} checked={one === value} onChange={() => onChange(one)} className="sr-only" />
        {word(one)}
      </label>
    ))}
  </div>
)
