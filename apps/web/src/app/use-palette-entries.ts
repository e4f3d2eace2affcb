// What the palette finds: threads (who needs the person first, then the newest) and actions, by how well they fit.
import type { useNavigate } from "@tanstack/react-router"
import type { ThreadSummary } from "@corral/contracts/thread"
import type { Shell } from "../link/shell.ts"
import { noLists } from "../link/thread-lists.ts"
import { useKey } from "../link/use-key.ts"
import { needsPerson, statusOf, type StatusView } from "../thread/status.ts"
import { openLayer } from "./layers.ts"
import { usePreferences, setPreference } from "./preferences.ts"
import { rank } from "./rank.ts"

const shownEntries = 40

export interface PaletteEntry {
  readonly key: string
  readonly label: string
  /** The project of a thread, the keys of an action. */
  readonly note: string
  readonly view: StatusView | null
  readonly run: () => void
}

interface Reach {
  readonly navigate: ReturnType<typeof useNavigate>
  readonly shell: Shell
}

export const usePaletteEntries = (typed: string, reach: Reach): readonly PaletteEntry[] => {
  const lists = useKey(reach.shell.lists, "lists") ?? noLists
  const isActions = typed.startsWith(">")
  const wanted = isActions ? typed.slice(1) : typed
  const summaries = lists.order.flatMap((threadId) => reach.shell.threads.get(threadId) ?? [])
  const needs = summaries.filter(needsPerson)
  const others = summaries.filter((summary) => !needsPerson(summary)).toSorted((a, b) => b.touchedAt - a.touchedAt)
  const threads = isActions ? [] : [...needs, ...others].map((summary) => threadEntry(summary, reach))
  return [...best(threads, wanted), ...best(actions(reach), wanted)].slice(0, shownEntries)
}

const best = (entries: readonly PaletteEntry[], wanted: string): readonly PaletteEntry[] =>
  entries
    .flatMap((entry) => {
      const value = rank(entry.label, wanted)
      return value === null ? [] : [{ entry, value }]
    })
    .toSorted((a, b) => b.value - a.value)
    .map(({ entry }) => entry)

const threadEntry = (summary: ThreadSummary, { navigate, shell }: Reach): PaletteEntry => ({
  key: summary.threadId,
  label: summary.title,
  note: shell.facts.get("facts")?.projects.find((project) => project.projectId === summary.projectId)?.name ?? "",
  view: statusOf(summary, false),
  run: () => void navigate({ to: "/thread/$threadId", params: { threadId: summary.threadId } }),
})

const actions = ({ navigate }: Reach): readonly PaletteEntry[] => {
  const action = (key: string, label: string, rest: { readonly note?: string; readonly run: () => void }): PaletteEntry => ({
    key,
    label,
    note: "",
    view: null,
    ...rest,
  })
  return [
    action("new", "New thread", { note: "Ctrl Shift O", run: () => void navigate({ to: "/new" }) }),
    action("processes", "Processes", { note: "G P", run: () => void navigate({ to: "/processes" }) }),
    action("doctor", "Doctor: every agent and MCP server here", { note: "G D", run: () => void navigate({ to: "/doctor" }) }),
    action("settings", "Settings", { note: "G S", run: () => void navigate({ to: "/settings" }) }),
    action("add-project", "Add a project", { run: () => openLayer({ tag: "add-project" }) }),
    action("keys", "Keys", { note: "?", run: () => openLayer({ tag: "keys" }) }),
    action("sidebar", "Hide or show the sidebar", {
      note: "[",
      run: () => setPreference({ isSidebarHidden: !usePreferences.getState().isSidebarHidden }),
    }),
    action("light", "Light theme", { run: () => setPreference({ theme: "light" }) }),
    action("dark", "Dark theme", { run: () => setPreference({ theme: "dark" }) }),
    action("system", "Theme of the system", { run: () => setPreference({ theme: "system" }) }),
  ]
}
