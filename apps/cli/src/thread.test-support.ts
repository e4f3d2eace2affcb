// A thread as the server sends it.
import { newId } from "@corral/client/ids"
import { ProviderId, TreeId, type ThreadId } from "@corral/contracts/ids"
import type { RuntimeState } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"

/** A thread whose processes are in this state, and nothing else is the matter with it. */
export const threadIn = (threadId: ThreadId, state: RuntimeState): Thread => ({
  threadId,
  projectId: newId("prj"),
  title: "Fix it",
  status: "active",
  config: { provider: ProviderId.make("claude"), model: null, effort: null, mode: "ask" },
  createdAt: 1,
  touchedAt: 1,
  turn: null,
  queue: [],
  queueHeld: false,
  requests: [],
  runtime: {
    state,
    generation: 1,
    treeId: state === "asleep" ? null : TreeId.make("tre_1"),
    tier: null,
    since: Date.now(),
    keptUntil: null,
    background: [],
    stopping: null,
    cursor: null,
    lastStop: null,
  },
  lastOutcome: null,
  lastError: null,
  usage: null,
  turns: 1,
})
