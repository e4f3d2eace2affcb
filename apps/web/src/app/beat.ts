// What the foot of the sidebar says of the machine, in a few words: never that nothing runs where nobody could look.
import type { Processes } from "@corral/contracts/tree"
import { counted } from "../ui/counted.ts"
import { formatMoment } from "../ui/format-time.ts"

/** Below this share of free memory the machine is short of it. */
const shortShare = 0.1

export interface Beat {
  readonly icon: "quiet" | "idle" | "live" | "attention" | "danger"
  readonly text: "plain" | "attention" | "danger"
  readonly words: string
  /** Memory that all of it holds; null: nothing to say. */
  readonly heldBytes: number | null
}

/** `blind`: why nothing can be seen now; then `seen` is what was seen last. */
export const beatOf = (seen: Processes | undefined, blind: string | undefined, now: number): Beat => {
  if (seen === undefined) return blind === undefined ? quiet : unknown("Unknown: nothing was seen yet")
  const { trees, strays } = seen
  if (strays.length > 0) {
    const asOf = blind === undefined ? "" : `, as of ${formatMoment(seen.checkedAt, now)}`
    return { icon: "danger", text: "danger", words: `${counted(strays.length, "stray")}${asOf}`, heldBytes: null }
  }
  if (blind !== undefined) return unknown(`Unknown since ${formatMoment(seen.checkedAt, now)}`)
  if (!seen.complete) return unknown("Unknown: the last look failed")
  const icon = isShort(seen) ? "attention" : trees.length > 0 ? "live" : "idle"
  if (trees.length === 0) return { icon, text: "plain", words: "Nothing is running", heldBytes: null }
  const processes = trees.reduce((sum, tree) => sum + tree.processes.length, 0)
  const heldBytes = trees.reduce((sum, tree) => sum + tree.memoryBytes, 0)
  return { icon, text: "plain", words: `${counted(trees.length, "session")} · ${processes} proc`, heldBytes }
}

const quiet: Beat = { icon: "quiet", text: "plain", words: "Processes", heldBytes: null }

const unknown = (words: string): Beat => ({ icon: "attention", text: "attention", words, heldBytes: null })

const isShort = ({ machine }: Processes): boolean => machine.availableBytes < shortShare * machine.totalBytes
