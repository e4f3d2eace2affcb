// One field reaches all: threads and actions, the keys beside them. `>` narrows to actions.
import { useNavigate } from "@tanstack/react-router"
import { useState, type KeyboardEvent } from "react"
import { cx } from "../ui/cx.ts"
import { Dialog } from "../ui/dialog.tsx"
import { Glyph } from "../thread/glyph.tsx"
import { useLink } from "../link/link.ts"
import { usePaletteEntries, type PaletteEntry } from "./use-palette-entries.ts"

export const Palette = ({ onClose }: { readonly onClose: () => void }) => {
  const navigate = useNavigate()
  const { shell } = useLink()
  const [typed, setTyped] = useState("")
  const [at, setAt] = useState(0)
  const entries = usePaletteEntries(typed, { navigate, shell })
  const chosen = entries[Math.min(at, entries.length - 1)]
  const run = (entry: PaletteEntry | undefined): void => {
    if (entry === undefined) return
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === "Enter") run(chosen)
    else if (event.key === "ArrowDown") setAt((at + 1) % Math.max(1, entries.length))
    else if (event.key === "ArrowUp") setAt((at - 1 + entries.length) % Math.max(1, entries.length))
    else return
    event.preventDefault()
  }
  return (
    <Dialog title="Search threads and actions" hideTitle onClose={onClose} className="max-w-xl overflow-hidden">
      <input
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={chosen === undefined ? undefined : `palette-${chosen.key}`}
        aria-label="Search threads and actions"
        placeholder="Search threads and actions"
        value={typed}
        autoFocus
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        className="focus-inset h-12 w-full border-b border-line bg-transparent px-4 text-prose outline-none coarse:text-[16px]"
      />
      <div id="palette-list" role="listbox" aria-label="Found" tabIndex={-1} className="max-h-[min(24rem,50dvh)] overflow-y-auto p-1.5">
        {entries.map((entry) => (
          <Line key={entry.key} entry={entry} isChosen={entry === chosen} onPick={() => run(entry)} />
        ))}
        {entries.length === 0 && <p className="px-3 py-4 text-center text-text-3">Nothing found</p>}
      </div>
    </Dialog>
  )
}

const Line = ({ entry, isChosen, onPick }: { readonly entry: PaletteEntry; readonly isChosen: boolean; readonly onPick: () => void }) => (
  // The field keeps the focus and its keys; a press is for the pointer.
  <div
    id={`palette-${entry.key}`}
    role="option"
    aria-selected={isChosen}
    ref={(node) => (isChosen ? node?.scrollIntoView({ block: "nearest" }) : undefined)}
    onClick={onPick}
    className={cx(
      "flex min-h-8.5 cursor-pointer items-center gap-2.5 rounded-control px-2.5 hover:bg-raised coarse:min-h-11",
      isChosen && "bg-raised",
    )}
  >
    {entry.view === null ? (
      <span aria-hidden className="w-3 text-center text-text-3">
        ›
      </span>
    ) : (
      <Glyph view={entry.view} />
    )}
    <span className="min-w-0 flex-1 truncate">{entry.label}</span>
    <span className="shrink-0 text-meta text-text-3">{entry.note}</span>
  </div>
)
