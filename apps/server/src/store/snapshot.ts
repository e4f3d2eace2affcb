// The state of every thread and project as of the last event: what a start reads instead of the whole log.
import type { DatabaseSync } from "node:sqlite"
import type { Project } from "@corral/contracts/project"
import type { Thread } from "@corral/contracts/thread"
import { column } from "./column.ts"

/** Raised whenever `Thread` or `Project` changes its shape: snapshots of another shape are made again from the log. */
export const snapshotShape = "1"

const isThread = (value: unknown): value is Thread =>
  typeof value === "object" && value !== null && "threadId" in value && "runtime" in value
const isProject = (value: unknown): value is Project =>
  typeof value === "object" && value !== null && "projectId" in value && "path" in value

/** Written by ourselves in the shape that `snapshotShape` names, so one look is enough; 5,000 full decodings are not free. */
const read = <A>(body: string, is: (value: unknown) => value is A): A => {
  const value: unknown = JSON.parse(body)
  if (!is(value)) throw new TypeError("a snapshot has another shape than it says")
  return value
}

export const snapshots = (db: DatabaseSync) => {
  const putThread = db.prepare("INSERT INTO threads (thread, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body")
  const putProject = db.prepare("INSERT INTO projects (project, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body")
  const dropThread = db.prepare("DELETE FROM threads WHERE thread = ?")
  const dropProject = db.prepare("DELETE FROM projects WHERE project = ?")
  const threads = db.prepare("SELECT body FROM threads")
  const projects = db.prepare("SELECT body FROM projects")
  return {
    putThread: (thread: Thread): void => void putThread.run(thread.threadId, JSON.stringify(thread)),
    putProject: (project: Project): void => void putProject.run(project.projectId, JSON.stringify(project)),
    dropThread: (threadId: string): void => void dropThread.run(threadId),
    dropProject: (projectId: string): void => void dropProject.run(projectId),
    threads: (): readonly Thread[] => threads.all().map((found) => read(column.text(found, "body"), isThread)),
    projects: (): readonly Project[] => projects.all().map((found) => read(column.text(found, "body"), isProject)),
    clear: (): void => db.exec("DELETE FROM threads; DELETE FROM projects"),
  }
}
export type Snapshots = ReturnType<typeof snapshots>
