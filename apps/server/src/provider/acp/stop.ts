// The running turn is asked to end, and the agent is told goodbye. Neither ends a process: the supervisor does.
import * as Effect from "effect/Effect"
import { noticeIfDeaf } from "../deaf.ts"
import type { AgentFailed } from "../provider.ts"
import type { Conversation } from "./conversation.ts"

/** In agents built on ACP's own library an answer overtakes a notification that is read in the same moment. */
const overtakingMillis = 50

/** Open requests are answered as cancelled, after the agent knows why: else it goes on with a plain no. */
export const interrupt = (conversation: Conversation): Effect.Effect<void, AgentFailed> =>
  Effect.suspend(() => {
    const { transcript, sessionId } = conversation
    const { turnId } = transcript
    if (turnId === null) return Effect.void
    noticeIfDeaf(transcript)
    return conversation.attempt("interrupt", async (context) => {
      await context.notify("session/cancel", { sessionId })
      setTimeout(() => transcript.turnId === turnId && transcript.requests.withdrawAll(), overtakingMillis)
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
