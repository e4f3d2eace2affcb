// A turn is given to the agent; its end is the answer to the prompt.
import type { PromptResponse } from "@agentclientprotocol/sdk"
import type { TurnId } from "@corral/contracts/ids"
import type { TurnOutcome, Usage } from "@corral/contracts/turn"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { silenceSentence } from "../silence.ts"
import type { Conversation } from "./conversation.ts"

/** Not in ACP's first version; agents send it all the same. */
const ResponseUsage = Schema.Struct({ usage: Schema.Struct({ inputTokens: Schema.Int, outputTokens: Schema.Int }) })

export const startTurn = (conversation: Conversation, turnId: TurnId, text: string) =>
  Effect.suspend(() => {
    const { transcript, stream } = conversation
    if (transcript.turnId !== null) return Effect.fail(conversation.failure("start", new Error("A turn is already running.")))
    if (stream.exit !== null) return Effect.fail(conversation.failure("start", null))
    return give(conversation, turnId, text)
  })

/** A former server gave this turn: its prompt is not sent again, and its answer is ours. */
export const resumeTurn = (conversation: Conversation, turnId: TurnId) => Effect.suspend(() => give(conversation, turnId, ""))

const give = (conversation: Conversation, turnId: TurnId, text: string) => {
  const { transcript, stream, sessionId } = conversation
  transcript.begin(turnId)
  conversation.gaveUp = false
  conversation.silence.watch()
  const taken = stream.written("session/prompt")
  return conversation.attempt("start", async (context) => {
    const ended = context.request("session/prompt", { sessionId, prompt: [{ type: "text", text }] }).then(
      (response) => end(conversation, turnId, response),
      (error: unknown) => fail(conversation, turnId, error),
    )
    await Promise.race([taken, ended])
  })
}

/** As soon as the end is on record, nobody has to read this turn again. */
const moveOn = async ({ spec, stream, transcript }: Conversation): Promise<void> => {
  await spec.recorded()
  if (transcript.turnId === null) stream.moveBookmark()
}

function end(conversation: Conversation, turnId: TurnId, response: PromptResponse): void {
  const { transcript, translation, gaveUp } = conversation
  if (transcript.turnId !== turnId) return
  translation.endSaid()
  const { outcome, error } = gaveUp ? givenUp : endings[response.stopReason]
  transcript.end({ outcome, error, usage: usageOf(response, translation.context) })
  void moveOn(conversation)
}

function fail(conversation: Conversation, turnId: TurnId, error: unknown): void {
  const { transcript, translation } = conversation
  if (transcript.turnId !== turnId) return
  translation.endSaid()
  transcript.end({ outcome: "failed", error: conversation.failure("answer", error).message, usage: null })
  void moveOn(conversation)
}

const givenUp = { outcome: "failed", error: silenceSentence } as const

const endings: Readonly<Record<PromptResponse["stopReason"], { readonly outcome: TurnOutcome; readonly error: string | null }>> = {
  end_turn: { outcome: "completed", error: null },
  cancelled: { outcome: "interrupted", error: null },
  max_tokens: { outcome: "failed", error: "The answer was cut off: the model's limit of tokens was reached. Ask it to go on." },
  max_turn_requests: { outcome: "failed", error: "The agent stopped: it had asked the model as often as one turn may. Ask it to go on." },
  refusal: { outcome: "failed", error: "The agent refused to answer this." },
}

function usageOf(response: PromptResponse, context: Conversation["translation"]["context"]): Usage | null {
  const counted = Schema.decodeUnknownOption(ResponseUsage)(response)
  if (Option.isNone(counted) && context.contextTokens === null) return null
  const { inputTokens, outputTokens } = Option.isSome(counted) ? counted.value.usage : { inputTokens: 0, outputTokens: 0 }
  return { inputTokens, outputTokens, ...context }
}
