// What one look saw of memory: each session's, and Corral's own.
import type { Processes } from "@corral/contracts/tree"
import { sessionKey } from "@corral/domain/views/session-key"

/** Of more, the smallest are in the total only: a machine that holds so many sessions has other troubles. */
const mostSessions = 100

export interface MemoryLook {
  readonly at: number
  readonly sessions: ReadonlyMap<string, { readonly title: string; readonly bytes: number }>
  readonly totalBytes: number
  /** Null: not looked at. */
  readonly own: { readonly serverBytes: number; readonly supervisorBytes: number | null } | null
}

export const memoryLookOf = ({ checkedAt, trees, own }: Processes): MemoryLook => {
  const all = new Map<string, { readonly title: string; readonly bytes: number }>()
  for (const tree of trees) {
    const key = sessionKey(tree)
    const title = tree.threads[0]?.title ?? `${tree.provider}, no thread`
    all.set(key, { title, bytes: (all.get(key)?.bytes ?? 0) + tree.memoryBytes })
  }
  const largest = [...all].toSorted(([, one], [, other]) => other.bytes - one.bytes)
  return {
    at: checkedAt,
    sessions: new Map(largest.slice(0, mostSessions)),
    totalBytes: trees.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    own: own ?? null,
  }
}

/** Nothing ran, and so nothing was looked at. */
export const restingLook = (at: number): MemoryLook => ({ at, sessions: new Map(), totalBytes: 0, own: null })
