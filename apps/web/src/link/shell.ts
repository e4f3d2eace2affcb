// What the shell shows: projects, the thread list by summaries, the agents found. Fed by one stream.
import type { Connection } from "@corral/client/connect"
import { Store } from "@corral/client/store"
import type { ThreadId } from "@corral/contracts/ids"
import { pageThreads } from "@corral/contracts/limits"
import type { Project } from "@corral/contracts/project"
import type { Provider } from "@corral/contracts/provider"
import type { ShellItem } from "@corral/contracts/rpc"
import type { ThreadSummary } from "@corral/contracts/thread"
import { perFrame } from "./schedule.ts"
import { listsOf, type ThreadLists } from "./thread-lists.ts"

export interface ShellFacts {
  readonly projects: readonly Project[]
  readonly providers: readonly Provider[]
  /** How many there are, also of those that were not fetched yet. */
  readonly active: number
  readonly archived: number
}

export interface Shell {
  /** Undefined until the first answer. */
  readonly facts: Store<"facts", ShellFacts>
  readonly threads: Store<ThreadId, ThreadSummary>
  readonly lists: Store<"lists", ThreadLists>
  /** The next page of active threads. */
  readonly fetchOlder: () => Promise<void>
  /** Archived threads are fetched when they are first looked at. */
  readonly fetchArchived: () => Promise<void>
}

export const makeShell = (connection: Connection): Shell => {
  const facts = new Store<"facts", ShellFacts>(perFrame)
  const threads = new Store<ThreadId, ThreadSummary>(perFrame)
  const lists = new Store<"lists", ThreadLists>(perFrame)
  let hasArchived = false

  const arrange = (): void => {
    const all = threads.keys().flatMap((threadId) => threads.get(threadId) ?? [])
    lists.set("lists", listsOf(all, hasArchived))
  }
  const take = (summaries: readonly ThreadSummary[]): void => {
    for (const summary of summaries) {
      if (summary.status === "deleted" || (summary.status === "archived" && !hasArchived)) threads.delete(summary.threadId)
      else threads.set(summary.threadId, summary)
    }
    arrange()
  }
  const fetchPage = async (status: "active" | "archived", last: ThreadSummary | undefined): Promise<void> => {
    const before = last === undefined ? null : { touchedAt: last.touchedAt, threadId: last.threadId }
    take((await connection.call("threads", { status, projectId: null, before, limit: pageThreads })).threads)
  }
  const fetchArchived = (): Promise<void> => {
    hasArchived = true
    return fetchPage("archived", oldest(threads, "archived"))
  }
  const start = (item: ShellItem): void => {
    const known = facts.get("facts")
    facts.set("facts", {
      projects: item.projects ?? known?.projects ?? [],
      providers: item.providers ?? known?.providers ?? [],
      active: item.active,
      archived: item.archived,
    })
    if (item._tag === "changed") return take(item.threads)
    threads.replace(item.threads.map((summary) => [summary.threadId, summary] as const))
    arrange()
    // The snapshot brings active threads only; an opened archive is fetched again. Without a line the next snapshot will do it.
    if (hasArchived) fetchArchived().catch(() => undefined)
  }
  connection.watch("shell", () => ({}), { item: start })
  return { facts, threads, lists, fetchOlder: () => fetchPage("active", oldest(threads, "active")), fetchArchived }
}

// The last of the pages fetched so far: threads that are awake come with the first page, however old they are, so they do not count.
const oldest = (threads: Store<ThreadId, ThreadSummary>, status: ThreadSummary["status"]): ThreadSummary | undefined =>
  threads
    .keys()
    .flatMap((threadId) => threads.get(threadId) ?? [])
    .filter((summary) => summary.status === status && (status === "archived" || summary.runtime === "asleep"))
    .toSorted((a, b) => a.touchedAt - b.touchedAt)[0]
