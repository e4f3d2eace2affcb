// The one status of a thread that every place shows: shape first, colour second. The order is the order when rows roll up.
import type { ThreadSummary } from "@corral/contracts/thread"
import { placeWords } from "@corral/domain/views/admission-words"

export const statuses = ["needs", "trouble", "working", "done", "moving", "idle", "asleep"] as const
export type Status = (typeof statuses)[number]

export interface StatusView {
  readonly status: Status
  /** What a screen reader says and a tooltip shows. */
  readonly name: string
}

export const statusOf = (summary: ThreadSummary, isUnread: boolean): StatusView => {
  const name = needOf(summary)
  if (name !== null) return { status: "needs", name }
  if (summary.runtime === "stuck") return { status: "trouble", name: "Stuck: a process could not be ended" }
  if (summary.admission !== undefined) return { status: "moving", name: `Waits ${placeWords(summary.admission)}` }
  if (summary.runtime === "waking") return { status: "moving", name: "Waking" }
  if (summary.runtime === "stopping") return { status: "moving", name: "Stopping" }
  if (summary.busy || summary.runtime === "busy") return { status: "working", name: "Running, working" }
  if (summary.lastOutcome === "failed") return { status: "trouble", name: "Failed" }
  if (isUnread && summary.lastOutcome !== null) return { status: "done", name: "Finished, unread" }
  if (summary.runtime === "idle") return { status: "idle", name: "Running, nothing to do" }
  return { status: "asleep", name: "Asleep" }
}

const needOf = ({ waiting, stalled, heavy }: ThreadSummary): string | null => {
  if (heavy?.endsAt != null) return "Needs you: over its memory limit"
  if (waiting !== null) return waiting === "question" ? "Needs you: a question" : "Needs you: an approval"
  return stalled === undefined ? null : "Stalled: nothing heard, hardly any CPU used"
}

/** Whether something waits for what only a person can say. */
export const needsPerson = (summary: ThreadSummary): boolean => needOf(summary) !== null

/** Whether at least one process serves it. */
export const isRunning = (summary: ThreadSummary): boolean => summary.runtime !== "asleep"

/** The status that stands for many. */
export const foremost = (all: readonly Status[]): Status => statuses.find((status) => all.includes(status)) ?? "asleep"
