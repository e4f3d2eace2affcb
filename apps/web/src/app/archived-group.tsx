// Archived threads: folded, and fetched only when they are looked at.
import { ChevronDown, ChevronRight } from "lucide-react"
import { useEffect } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import { useLink } from "../link/link.ts"
import { toggleFolded, usePreferences } from "./preferences.ts"
import { OlderThreads } from "./older-threads.tsx"
import { ThreadRow } from "./thread-row.tsx"

interface ArchivedGroupProps {
  readonly total: number
  readonly threads: readonly ThreadId[] | null
}

/** In the list of folded groups this one is open when it is named. */
const openMark = "archived-open"

export const ArchivedGroup = ({ total, threads }: ArchivedGroupProps) => {
  const { shell } = useLink()
  const isOpen = usePreferences((preferences) => preferences.folded.includes(openMark))
  const isMissing = isOpen && threads === null
  useEffect(() => {
    // Without a line the next snapshot brings them.
    if (isMissing) shell.fetchArchived().catch(() => undefined)
  }, [isMissing, shell])
  if (total === 0) return null
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <section aria-label="Archived" className="mt-3">
      <h2 className="text-sec text-text-3">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => toggleFolded(openMark)}
          className="focus-inset flex h-7 w-full items-center gap-1.5 rounded-control px-2 text-left hover:text-text coarse:h-11"
        >
          <Chevron size={12} strokeWidth={1.75} aria-hidden />
          Archived <span className="numbers ml-auto text-meta">{total}</span>
        </button>
      </h2>
      {isOpen && threads?.map((threadId) => <ThreadRow key={threadId} threadId={threadId} />)}
      {isOpen && threads !== null && (
        <OlderThreads name="Show older archived threads" left={total - threads.length} fetch={shell.fetchArchived} />
      )}
    </section>
  )
}
