// A thread as a row of the thread list.
import type { Stalled } from "@corral/contracts/runtime"
import type { Thread, ThreadSummary } from "@corral/contracts/thread"

/** `stalled`: what is known of its turn by looking, which no event tells. */
export const summarize = (thread: Thread, stalled: Stalled | null = null): ThreadSummary => ({
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
  ...(stalled && { stalled }),
})
