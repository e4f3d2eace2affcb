// What was seen of the machine, and whether it is the present: an old picture must never pass for it.
import { Store } from "@corral/client/store"
import type { ThreadId } from "@corral/contracts/ids"
import type { Processes } from "@corral/contracts/tree"
import { perFrame } from "../link/schedule.ts"

export interface ThreadVitals {
  readonly memoryBytes: number
  readonly cpuPercent: number
  readonly processes: number
}

export class Sights {
  readonly latest = new Store<"latest", Processes>(perFrame)
  /** Why nothing can be seen now, in words for people. While it is there, `latest` is what was seen last. */
  readonly blind = new Store<"blind", string>(perFrame)
  readonly threads = new Store<ThreadId, ThreadVitals>(perFrame)

  take(seen: Processes): void {
    this.blind.delete("blind")
    this.latest.set("latest", seen)
    this.threads.replace(perThread(seen, this.threads))
  }

  /** A thread's own figures have no room to say how old they are: they go. */
  lose(why: string): void {
    this.blind.set("blind", why)
    this.threads.replace([])
  }
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
