// What decisions are made on. The engine keeps it in memory; a decision only reads it.
import type { ProjectId, ThreadId, Millis } from "@corral/contracts/ids"
import type { Project } from "@corral/contracts/project"
import type { Provider } from "@corral/contracts/provider"
import type { Thread } from "@corral/contracts/thread"

export interface World {
  readonly project: (projectId: ProjectId) => Project | undefined
  readonly projects: () => readonly Project[]
  readonly thread: (threadId: ThreadId) => Thread | undefined
  /** Threads of a project that are not deleted. */
  readonly threadsOf: (projectId: ProjectId) => readonly Thread[]
}

/** What a decision needs from outside: the clock, the probed providers, and for `project.add` how its folder was found. */
export interface Circumstances {
  readonly now: Millis
  readonly providers: readonly Provider[]
  readonly folder: { readonly path: string } | { readonly problem: string } | null
}
