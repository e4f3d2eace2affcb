// The order of the sidebar: who waits for the person, then each project's threads, newest first.
import type { ProjectId, ThreadId } from "@corral/contracts/ids"
import type { ThreadSummary } from "@corral/contracts/thread"
import { needsPerson } from "../thread/status.ts"

export interface ThreadLists {
  readonly needsYou: readonly ThreadId[]
  /** Without those under "Needs you": a thread stands in one place. */
  readonly byProject: ReadonlyMap<ProjectId, readonly ThreadId[]>
  /** Null until fetched. */
  readonly archived: readonly ThreadId[] | null
  /** Every active thread as the sidebar shows it, for the keys that step through. */
  readonly order: readonly ThreadId[]
}

/** As the server pages them: by id where two were touched in one millisecond. */
export const newestFirst = (a: ThreadSummary, b: ThreadSummary): number => b.touchedAt - a.touchedAt || (a.threadId < b.threadId ? -1 : 1)

export const noLists: ThreadLists = { needsYou: [], byProject: new Map(), archived: null, order: [] }

export const listsOf = (summaries: readonly ThreadSummary[], hasArchived: boolean): ThreadLists => {
  const sorted = summaries.toSorted(newestFirst)
  const active = sorted.filter((summary) => summary.status === "active")
  const needsYou = active.filter(needsPerson).map((summary) => summary.threadId)
  const byProject = new Map<ProjectId, ThreadId[]>()
  for (const summary of active) {
    if (needsPerson(summary)) continue
    const list = byProject.get(summary.projectId)
    if (list === undefined) byProject.set(summary.projectId, [summary.threadId])
    else list.push(summary.threadId)
  }
  const archived = hasArchived ? sorted.filter((summary) => summary.status === "archived").map((summary) => summary.threadId) : null
  return { needsYou, byProject, archived, order: [...needsYou, ...[...byProject.values()].flat()] }
}
