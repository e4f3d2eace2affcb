// A thread as a row of the thread list.
import type { Thread, ThreadSummary } from "@corral/contracts/thread"

export const summarize = (thread: Thread): ThreadSummary => ({
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
})
