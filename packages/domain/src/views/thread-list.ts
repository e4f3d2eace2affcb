// A thread as a row of the thread list.
import type { Sight } from "@corral/contracts/runtime"
import type { Thread, ThreadSummary } from "@corral/contracts/thread"

/** `sight`: what no event tells of it. */
export const summarize = (thread: Thread, sight: Sight = {}): ThreadSummary => ({
  threadId: thread.threadId,
  projectId: thread.projectId,
  title: thread.title,
  status: thread.status,
  provider: thread.config.provider,
  touchedAt: thread.touchedAt,
  runtime: thread.runtime.state,
  busy: thread.turn !== null,
  waiting: thread.requests[0]?.kind ?? null,
  queued: thread.queue.length,
  lastOutcome: thread.lastOutcome,
  ...sight,
})
