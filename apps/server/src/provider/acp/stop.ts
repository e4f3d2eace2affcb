// The running turn is asked to end, and the agent is told goodbye. Neither ends a process: the supervisor does.
import * as Effect from "effect/Effect"
import type { AgentFailed } from "../provider.ts"
import type { Conversation } from "./conversation.ts"

/** An agent that does not end its turn in this time is called deaf, in a notice: it is the person who decides then. */
const deafMillis = 5000

/** Open requests are answered as cancelled, after the agent knows why: else it goes on with a plain no. */
export const interrupt = (conversation: Conversation): Effect.Effect<void, AgentFailed> =>
  Effect.suspend(() => {
    const { transcript, sessionId } = conversation
    const { turnId } = transcript
    if (turnId === null) return Effect.void
    setTimeout(() => {
      if (transcript.turnId === turnId)
        transcript.notice("warning", "The agent does not answer the interrupt.", "Stop the session to end it.")
    }, deafMillis).unref()
    return conversation.attempt("interrupt", async (context) => {
      await context.notify("session/cancel", { sessionId })
      transcript.requests.withdrawAll()
    })
  })

export const goodbye = (conversation: Conversation): Effect.Effect<void, AgentFailed> =>
  Effect.andThen(
    interrupt(conversation),
    Effect.suspend(() => {
      const { canClose, sessionId } = conversation
      return canClose
        ? Effect.asVoid(conversation.attempt("goodbye", (context) => context.request("session/close", { sessionId })))
        : Effect.void
    }),
  )
