// The next turn of a thread's queue begins.
import type { TurnId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import type { Consequence } from "../decision.ts"
import { stopOf } from "../runtime/stop.ts"

const nothing: Consequence = { events: [], intents: [] }

/** The head of the queue starts, if there is one and no turn is in its way. */
export const nextTurn = (thread: Thread): Consequence => {
  const [head] = thread.queue
  return thread.turn === null && head !== undefined ? beginning(thread, head.turnId, "") : nothing
}

/** `text` empty: `turn.queued` has it. A stuck tree is tried again first: a second agent is not started beside survivors. */
export const beginning = (thread: Thread, turnId: TurnId, text: string): Consequence => {
  const { threadId, runtime } = thread
  const again = runtime.state === "stuck" ? stopOf(thread, "replace") : nothing
  return {
    events: [...again.events, { _tag: "turn.started", threadId, turnId, text }],
    intents: [...again.intents, { _tag: "turn.start", threadId, turnId }],
  }
}
