// A turn is given to Claude Code; its end comes as a result.
import type { TurnId } from "@corral/contracts/ids"
import * as Effect from "effect/Effect"
import type { Conversation } from "./conversation.ts"

export const startTurn = (conversation: Conversation, turnId: TurnId, text: string) =>
  Effect.suspend(() => {
    const { transcript, standIn, prompts, silence } = conversation
    if (transcript.turnId !== null) return Effect.fail(conversation.failure("start", new Error("A turn is already running.")))
    if (standIn.exit !== null) return Effect.fail(conversation.failure("start", null))
    const uuid = crypto.randomUUID()
    conversation.messageId = uuid
    conversation.interruptAsked = null
    transcript.begin(turnId)
    silence.watch()
    const written = standIn.written(uuid)
    prompts.push({ type: "user", message: { role: "user", content: text }, parent_tool_use_id: null, session_id: "", uuid })
    return conversation.attempt("start", () => written)
  })
