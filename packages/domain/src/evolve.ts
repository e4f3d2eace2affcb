// What every event changes: the one fold, on the server and wherever a thread's state is followed. The same reference: nothing changed.
import type { ProjectEvent, ThreadEvent } from "@corral/contracts/event"
import type { Millis } from "@corral/contracts/ids"
import type { Project } from "@corral/contracts/project"
import type { Thread } from "@corral/contracts/thread"
import { evolveProjectAdded } from "./project/add.ts"
import { evolveProjectRenamed } from "./project/rename.ts"
import { evolveRuntimeKept } from "./runtime/keep.ts"
import { evolveBackgroundChanged } from "./runtime/record-background.ts"
import { evolveRuntimeFailed } from "./runtime/record-failed.ts"
import { evolveSessionNamed } from "./runtime/record-session.ts"
import { evolveRuntimeStarted } from "./runtime/record-started.ts"
import { evolveRuntimeStopped } from "./runtime/record-stopped.ts"
import { evolveRuntimeWaking } from "./runtime/record-waking.ts"
import { evolveRuntimeStopping } from "./runtime/stop.ts"
import { evolveThreadArchived } from "./thread/archive.ts"
import { evolveThreadCreated } from "./thread/create.ts"
import { evolveThreadDeleted } from "./thread/delete.ts"
import { evolveThreadRenamed } from "./thread/rename.ts"
import { evolveThreadSet } from "./thread/set.ts"
import { evolveThreadUnarchived } from "./thread/unarchive.ts"
import { evolveRequestClosed } from "./turn/answer.ts"
import { evolveTurnCompleted } from "./turn/complete.ts"
import { evolveTurnInterruptAsked, evolveTurnWithdrawn } from "./turn/interrupt.ts"
import { evolveRequestOpened } from "./turn/record-request.ts"
import { evolveTurnSent } from "./turn/record-sent.ts"
import { evolveTurnQueued, evolveTurnStarted } from "./turn/start.ts"

/** Total: an event about a project that is not there changes nothing. */
export const evolveProject = (project: Project | undefined, event: ProjectEvent, at: Millis): Project | undefined => {
  if (event._tag === "project.added") return evolveProjectAdded(event, at)
  if (event._tag === "project.removed") return undefined
  return project === undefined ? undefined : evolveProjectRenamed(project, event)
}

/** Total: an event about a thread that is not there changes nothing. A deleted thread stays, as `deleted`, until the engine drops it. */
export const evolveThread = (thread: Thread | undefined, event: ThreadEvent, at: Millis): Thread | undefined => {
  if (event._tag === "thread.created") return evolveThreadCreated(event, at)
  return thread === undefined ? undefined : evolved(thread, event, at)
}

const evolved = (thread: Thread, event: Exclude<ThreadEvent, { _tag: "thread.created" }>, at: Millis): Thread => {
  switch (event._tag) {
    case "thread.renamed":
      return evolveThreadRenamed(thread, event)
    case "thread.was-set":
      return evolveThreadSet(thread, event)
    case "thread.archived":
      return evolveThreadArchived(thread, at)
    case "thread.unarchived":
      return evolveThreadUnarchived(thread, at)
    case "thread.deleted":
      return evolveThreadDeleted(thread, at)
    case "turn.queued":
      return evolveTurnQueued(thread, event, at)
    case "turn.started":
      return evolveTurnStarted(thread, event, at)
    case "turn.withdrawn":
      return evolveTurnWithdrawn(thread, event)
    case "turn.sent":
      return evolveTurnSent(thread, event)
    case "turn.interrupt-asked":
      return evolveTurnInterruptAsked(thread, event)
    case "turn.recorded":
      return thread
    case "turn.request-opened":
      return evolveRequestOpened(thread, event, at)
    case "turn.request-closed":
      return evolveRequestClosed(thread, event)
    case "turn.completed":
      return evolveTurnCompleted(thread, event, at)
    case "runtime.waking":
      return evolveRuntimeWaking(thread, event, at)
    case "runtime.started":
      return evolveRuntimeStarted(thread, event, at)
    case "runtime.session-named":
      return evolveSessionNamed(thread, event)
    case "runtime.background-changed":
      return evolveBackgroundChanged(thread, event, at)
    case "runtime.kept":
      return evolveRuntimeKept(thread, event)
    case "runtime.stopping":
      return evolveRuntimeStopping(thread, event, at)
    case "runtime.failed":
      return evolveRuntimeFailed(thread, event, at)
    case "runtime.stopped":
      return evolveRuntimeStopped(thread, event, at)
  }
}
