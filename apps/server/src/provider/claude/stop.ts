// The running turn is asked to end, and Claude Code is told goodbye. Neither ends a process: the supervisor does.
import * as Effect from "effect/Effect"
import { noticeIfDeaf } from "../deaf.ts"
import type { AgentFailed } from "../provider.ts"
import type { Conversation } from "./conversation.ts"

/** Written by the supervisor when no server is left to do it: a busy Claude Code outlives the end of its input for half an hour. */
export const farewell: readonly string[] = [
  JSON.stringify({ type: "control_request", request_id: "farewell", request: { subtype: "interrupt" } }),
]

export const interrupt = (conversation: Conversation): Effect.Effect<void, AgentFailed> =>
  Effect.suspend(() => {
    if (conversation.transcript.turnId === null) return Effect.void
    conversation.interruptAsked = "person"
    noticeIfDeaf(conversation.transcript)
    return Effect.asVoid(conversation.attempt("interrupt", (query) => query.interrupt()))
  })

/** A turn that it began by itself counts too, so it is asked whether or not one of ours runs. */
export const goodbye = (conversation: Conversation): Effect.Effect<void, AgentFailed> =>
  conversation.attempt("goodbye", async (query) => {
    if (conversation.transcript.turnId !== null) conversation.interruptAsked = "person"
    await Promise.all([query.interrupt(), ...conversation.alive.map((taskId) => query.stopTask(taskId))])
  })
