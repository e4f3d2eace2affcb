// The present state of everything, as decisions see it. It follows each event at once and goes back when a transaction fails.
import type { Stored } from "@corral/contracts/event"
import type { ProjectId, ThreadId } from "@corral/contracts/ids"
import type { Project } from "@corral/contracts/project"
import type { Thread, ThreadStatus } from "@corral/contracts/thread"
import { evolveProject, evolveThread } from "@corral/domain/evolve"
import type { World } from "@corral/domain/state"

/** What there was before a change, newest last. */
type Before =
  | { readonly threadId: ThreadId; readonly was: Thread | undefined }
  | { readonly projectId: ProjectId; readonly was: Project | undefined }

interface Mark {
  readonly seq: number
  readonly depth: number
}

/** Threads and projects by their ids. */
export interface Touched {
  readonly threads: ReadonlySet<ThreadId>
  readonly projects: ReadonlySet<ProjectId>
}

export type Tally = Readonly<Record<ThreadStatus, number>>

export class Memory implements World {
  readonly #threads = new Map<ThreadId, Thread>()
  readonly #projects = new Map<ProjectId, Project>()
  readonly #tally: Record<ThreadStatus, number> = { active: 0, archived: 0, deleted: 0 }
  readonly #undo: Before[] = []
  /** Changed since their snapshots were written. */
  readonly #unsaved = { threads: new Set<ThreadId>(), projects: new Set<ProjectId>() }
  /** The place up to which the snapshots tell everything. */
  savedSeq = 0
  /** The place of the last event, also of one that was dropped: no place is given twice. */
  seq = 0

  readonly thread = (threadId: ThreadId): Thread | undefined => this.#threads.get(threadId)
  readonly project = (projectId: ProjectId): Project | undefined => this.#projects.get(projectId)
  readonly projects = (): readonly Project[] => [...this.#projects.values()]
  readonly threads = (): Iterable<Thread> => this.#threads.values()
  readonly threadsOf = (projectId: ProjectId): readonly Thread[] =>
    [...this.#threads.values()].filter((thread) => thread.projectId === projectId && thread.status !== "deleted")
  /** How many threads there are of each status, without counting them. */
  readonly tally = (): Tally => this.#tally

  putThread(threadId: ThreadId, thread: Thread | undefined): void {
    const was = this.#threads.get(threadId)
    if (was === thread) return
    this.#undo.push({ threadId, was })
    this.#setThread(threadId, thread)
  }

  putProject(projectId: ProjectId, project: Project | undefined): void {
    this.#undo.push({ projectId, was: this.#projects.get(projectId) })
    this.#setProject(projectId, project)
  }

  follow({ seq, at, event }: Stored): void {
    this.seq = seq
    if ("threadId" in event) return this.putThread(event.threadId, evolveThread(this.#threads.get(event.threadId), event, at))
    this.putProject(event.projectId, evolveProject(this.#projects.get(event.projectId), event, at))
  }

  /** What was touched since the last `keep`, each once. */
  touched(): Touched {
    const threads = new Set(this.#undo.flatMap((before) => ("threadId" in before ? [before.threadId] : [])))
    const projects = new Set(this.#undo.flatMap((before) => ("projectId" in before ? [before.projectId] : [])))
    return { threads, projects }
  }

  /** A point to go back to. */
  mark(): Mark {
    return { seq: this.seq, depth: this.#undo.length }
  }

  back(mark: Mark): void {
    for (const before of this.#undo.splice(mark.depth).reverse()) {
      if ("threadId" in before) this.#setThread(before.threadId, before.was)
      else this.#setProject(before.projectId, before.was)
    }
    this.seq = mark.seq
  }

  /** What has happened is on disk; there is no way back. */
  keep(): void {
    const { threads, projects } = this.touched()
    for (const threadId of threads) this.#unsaved.threads.add(threadId)
    for (const projectId of projects) this.#unsaved.projects.add(projectId)
    this.#undo.length = 0
  }

  unsaved(): Touched {
    return this.#unsaved
  }

  /** Snapshots of everything are written, as it is now. */
  saved(): void {
    this.#unsaved.threads.clear()
    this.#unsaved.projects.clear()
    this.savedSeq = this.seq
  }

  #setThread(threadId: ThreadId, thread: Thread | undefined): void {
    const was = this.#threads.get(threadId)
    if (was !== undefined) this.#tally[was.status]--
    if (thread === undefined) return void this.#threads.delete(threadId)
    this.#tally[thread.status]++
    this.#threads.set(threadId, thread)
  }

  #setProject(projectId: ProjectId, project: Project | undefined): void {
    if (project === undefined) this.#projects.delete(projectId)
    else this.#projects.set(projectId, project)
  }
}
