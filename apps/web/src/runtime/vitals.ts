// What the machine holds for our threads now. Watched once a second only while somebody looks at figures; else a slow look.
import type { Connection } from "@corral/client/connect"
import { Store } from "@corral/client/store"
import type { ThreadId } from "@corral/contracts/ids"
import type { Processes } from "@corral/contracts/tree"
import { perFrame } from "../link/schedule.ts"
import type { Shell } from "../link/shell.ts"
import { addSample, noHistory, type History } from "./history.ts"

/** The slow look, while some thread is running and nobody watches. */
const slowMillis = 30_000
/** After a change in the thread list, so that the footer is true soon after a stop. */
const settleMillis = 1_000

export interface ThreadVitals {
  readonly memoryBytes: number
  readonly cpuPercent: number
  readonly processes: number
}

export interface Vitals {
  readonly latest: Store<"latest", Processes>
  readonly history: Store<"history", History>
  readonly threads: Store<ThreadId, ThreadVitals>
  /** Looks once a second until the returned function is called; pauses while the page is hidden. */
  readonly watch: () => () => void
  /** One look now. */
  readonly look: () => Promise<void>
}

export const makeVitals = (connection: Connection, shell: Shell): Vitals => {
  const latest = new Store<"latest", Processes>(perFrame)
  const history = new Store<"history", History>(perFrame)
  const threads = new Store<ThreadId, ThreadVitals>(perFrame)
  let watchers = 0
  let unwatch: (() => void) | null = null
  let timer: number | undefined

  const take = (seen: Processes): void => {
    latest.set("latest", seen)
    history.set("history", addSample(history.get("history") ?? noHistory, seen))
    threads.replace(perThread(seen, threads))
  }
  const look = async (): Promise<void> => take(await connection.call("processes", { threadId: null }))
  const plan = (millis: number): void => {
    window.clearTimeout(timer)
    if (unwatch !== null || document.hidden) return
    // A failed look is not repeated at once: the next one comes on time, and "checked" grows old meanwhile.
    timer = window.setTimeout(
      () =>
        void look()
          .catch(() => undefined)
          .finally(planNext),
      millis,
    )
  }
  const planNext = (): void => {
    if (shell.threads.keys().some((threadId) => shell.threads.get(threadId)?.runtime !== "asleep")) plan(slowMillis)
  }
  const settle = (): void => {
    const isWanted = watchers > 0 && !document.hidden
    if (isWanted && unwatch === null) unwatch = connection.watch("vitals", () => ({}), { item: take })
    if (isWanted) return window.clearTimeout(timer)
    unwatch?.()
    unwatch = null
    plan(settleMillis)
  }
  document.addEventListener("visibilitychange", settle)
  shell.lists.listen("lists", () => plan(settleMillis))
  const watch = (): (() => void) => {
    watchers += 1
    settle()
    return () => {
      watchers -= 1
      settle()
    }
  }
  return { latest, history, threads, watch, look }
}

// A tree that serves several threads is shown whole at each: what is shared cannot be told apart.
const perThread = (seen: Processes, before: Store<ThreadId, ThreadVitals>): readonly (readonly [ThreadId, ThreadVitals])[] =>
  seen.trees.flatMap((tree) => {
    const cpuPercent = tree.processes.reduce((sum, process) => sum + process.cpuPercent, 0)
    const now: ThreadVitals = { memoryBytes: tree.memoryBytes, cpuPercent, processes: tree.processes.length }
    return tree.threads.map(({ threadId }) => [threadId, sameOr(before.get(threadId), now)] as const)
  })

const sameOr = (before: ThreadVitals | undefined, now: ThreadVitals): ThreadVitals =>
  before?.memoryBytes === now.memoryBytes && before.cpuPercent === now.cpuPercent && before.processes === now.processes ? before : now
