// What the shell shows: projects, the thread list by summaries, the agents found. Fed by one stream.
import type { Connection } from "@corral/client/connect"
import { Store } from "@corral/client/store"
import type { ThreadId } from "@corral/contracts/ids"
import { pageThreads } from "@corral/contracts/limits"
import type { Project } from "@corral/contracts/project"
import type { Provider } from "@corral/contracts/provider"
import type { Calls, ShellItem } from "@corral/contracts/rpc"
import type { ThreadSummary } from "@corral/contracts/thread"
import { keepWatching } from "./keep-watching.ts"
import { perFrame } from "./schedule.ts"
import { listsOf, newestFirst, type ThreadLists } from "./thread-lists.ts"

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
  /** The next page of archived threads: the first one when they are first looked at. */
  readonly fetchArchived: () => Promise<void>
}

/** Where the pages of one status have come to: the last one seen of them; null: at the beginning. */
type Reached = Calls["threads"]["takes"]["before"]

export const makeShell = (connection: Connection): Shell => {
  const facts = new Store<"facts", ShellFacts>(perFrame)
  const threads = new Store<ThreadId, ThreadSummary>(perFrame)
  const lists = new Store<"lists", ThreadLists>(perFrame)
  const reached: Record<"active" | "archived", Reached> = { active: null, archived: null }
  let archive: "folded" | "wanted" | "there" = "folded"

  const arrange = (): void => {
    const all = threads.keys().flatMap((threadId) => threads.get(threadId) ?? [])
    lists.set("lists", listsOf(all, archive === "there"))
  }
  const take = (summaries: readonly ThreadSummary[]): void => {
    for (const summary of summaries) {
      if (summary.status === "deleted" || (summary.status === "archived" && archive === "folded")) threads.delete(summary.threadId)
      else threads.set(summary.threadId, summary)
    }
    arrange()
  }
  const fetchPage = async (status: "active" | "archived"): Promise<void> => {
    const before = reached[status]
    const page = (await connection.call("threads", { status, projectId: null, before, limit: pageThreads })).threads
    // A snapshot that came meanwhile began anew: then this is no page that its own pages connect to.
    if (reached[status] === before) reached[status] = placeOf(page.at(-1)) ?? before
    if (status === "archived") archive = "there"
    take(page)
  }
  const fetchArchived = (): Promise<void> => {
    if (archive === "folded") archive = "wanted"
    return fetchPage("archived")
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
    reached.active = endOfFirstPage(item.threads)
    reached.archived = null
    arrange()
    // Of the archived the snapshot brings only those that are awake or queued for, so an opened archive is fetched anew. Without a line
    // the next snapshot will do it.
    if (archive !== "folded") fetchArchived().catch(() => undefined)
  }
  keepWatching(connection, "shell", { takes: () => ({}), item: start })
  return { facts, threads, lists, fetchOlder: () => fetchPage("active"), fetchArchived }
}

const placeOf = (summary: ThreadSummary | undefined): Reached =>
  summary === undefined ? null : { touchedAt: summary.touchedAt, threadId: summary.threadId }

/** Threads that are awake come with the first page, however old they are: they stand beyond its end. */
const endOfFirstPage = (threads: readonly ThreadSummary[]): Reached => {
  const active = threads.filter((summary) => summary.status === "active").toSorted(newestFirst)
  return placeOf(active[pageThreads - 1] ?? active.at(-1))
}
