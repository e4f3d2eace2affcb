// The running turn is asked to end; its end comes as the agent's own word, or with the certificate of a stop.
import type { ThreadId, TurnId } from "@corral/contracts/ids"
import * as Effect from "effect/Effect"
import { Engine } from "../engine/engine.ts"
import { LiveSessions } from "./live.ts"

/** Void when the turn has ended meanwhile. An agent that cannot be asked any more ends its turn by its own end. */
export const interruptTurn = Effect.fn("turn.interrupt")(function* (threadId: ThreadId, turnId: TurnId) {
  const turn = (yield* Engine).thread(threadId)?.turn
  const live = (yield* LiveSessions).get(threadId)
  if (turn?.turnId !== turnId || live === undefined) return
  yield* live.session.interrupt.pipe(Effect.catchTag("AgentFailed", () => Effect.void))
})
