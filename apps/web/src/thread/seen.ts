// Which threads the person has seen as they are now; kept in this browser.
import { create } from "zustand"
import type { ThreadId } from "@corral/contracts/ids"
import type { ThreadSummary } from "@corral/contracts/thread"

const key = "corral.seen"
/** Older entries are forgotten; a thread that far back counts as seen. */
const keptThreads = 500

interface Seen {
  /** Nothing that was finished before this browser first looked is news. */
  readonly since: number
  readonly at: Readonly<Record<string, number>>
}

const isSeen = (value: unknown): value is Seen =>
  typeof value === "object" &&
  value !== null &&
  "since" in value &&
  typeof value.since === "number" &&
  "at" in value &&
  typeof value.at === "object"

const read = (): Seen => {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null")
    if (isSeen(value)) return value
  } catch {
    // A damaged note is no note.
  }
  return { since: Date.now(), at: {} }
}

const useSeen = create<Seen>(read)

export const useUnread = (summary: ThreadSummary | undefined): boolean =>
  useSeen((seen) => summary !== undefined && summary.touchedAt > Math.max(seen.since, seen.at[summary.threadId] ?? 0))

export const markSeen = (threadId: ThreadId, touchedAt: number): void => {
  const seen = useSeen.getState()
  if ((seen.at[threadId] ?? 0) >= touchedAt) return
  const entries = Object.entries({ ...seen.at, [threadId]: touchedAt }).toSorted(([, a], [, b]) => b - a)
  const next: Seen = { since: seen.since, at: Object.fromEntries(entries.slice(0, keptThreads)) }
  useSeen.setState(next)
  try {
    localStorage.setItem(key, JSON.stringify(next))
  } catch {
    // A full or forbidden store costs a blue dot, nothing else.
  }
}
