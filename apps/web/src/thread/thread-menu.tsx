// What can be done with a thread, each act with what it frees or costs.
import { Activity, Archive, ArchiveRestore, Ellipsis, Link2, Moon, Pencil, Pin, Sunrise, Trash2 } from "lucide-react"
import { useNavigate } from "@tanstack/react-router"
import type { Thread } from "@corral/contracts/thread"
import { openLayer } from "../app/layers.ts"
import { useOrder, type Order } from "../link/use-order.ts"
import { useThreadVitals } from "../runtime/use-vitals.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { IconButton } from "../ui/icon-button.tsx"
import { Menu, type MenuEntry } from "../ui/menu.tsx"
import { showToast } from "../ui/toasts.ts"
import { useArchive } from "./use-archive.ts"

const keepMillis = 2 * 60 * 60_000

export const ThreadMenu = ({ thread }: { readonly thread: Thread }) => {
  const order = useOrder()
  const archive = useArchive()
  const navigate = useNavigate()
  const vitals = useThreadVitals(thread.threadId)
  const { threadId, title } = thread
  const frees = vitals === undefined ? undefined : `frees ${formatBytes(vitals.memoryBytes)}`
  const isArchived = thread.status === "archived"
  const common: readonly MenuEntry[] = [
    { key: "rename", label: "Rename", icon: Pencil, run: () => openLayer({ tag: "rename", threadId, title }) },
    { key: "link", label: "Copy link", icon: Link2, run: copyLink },
    {
      key: "processes",
      label: "Its processes and certificates",
      icon: Activity,
      run: () => void navigate({ to: "/processes", search: { thread: threadId } }),
    },
  ]
  const ends: readonly MenuEntry[] = [
    isArchived
      ? { key: "unarchive", label: "Unarchive", icon: ArchiveRestore, run: () => void order({ _tag: "thread.unarchive", threadId }) }
      : { key: "archive", label: "Archive", note: frees, icon: Archive, run: () => void archive(thread) },
    { key: "delete", label: "Delete…", icon: Trash2, run: () => openLayer({ tag: "delete", threadId, title }) },
  ]
  return (
    <Menu
      name="Thread"
      sections={[{ entries: common }, ...(isArchived ? [] : [{ entries: lifeEntries(thread, order, frees) }]), { entries: ends }]}
      trigger={(trigger) => <IconButton icon={Ellipsis} name="More" {...trigger} />}
    />
  )
}

const lifeEntries = ({ threadId, runtime }: Thread, order: Order, frees: string | undefined): readonly MenuEntry[] => {
  if (runtime.state === "asleep") {
    return [
      {
        key: "wake",
        label: "Wake",
        note: "Starts its agent now",
        icon: Sunrise,
        run: () => void order({ _tag: "runtime.wake", threadId }),
      },
    ]
  }
  const keep = (until: number | null) => (): void => void order({ _tag: "runtime.keep", threadId, until })
  return [
    runtime.keptUntil === null
      ? { key: "keep", label: "Keep awake for 2 h", icon: Pin, run: () => keep(Date.now() + keepMillis)() }
      : { key: "release", label: "No longer keep awake", icon: Pin, run: keep(null) },
    {
      key: "sleep",
      label: "Put to sleep",
      note: [frees, "ends its processes, keeps the conversation"].filter((part) => part !== undefined).join(" · "),
      icon: Moon,
      disabled: runtime.state === "stopping",
      run: () => void order({ _tag: "runtime.stop", threadId }),
    },
  ]
}

const copyLink = (): void => {
  navigator.clipboard?.writeText(location.href).then(
    () => showToast({ id: "link", text: "Link copied." }),
    () => showToast({ id: "link", text: "The browser did not let the link be copied.", tone: "problem" }),
  )
}
