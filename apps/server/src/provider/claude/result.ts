// The end of a turn: how it ended, why, and what it used.
import type { SDKResultMessage } from "@anthropic-ai/claude-agent-sdk"
import type { TurnOutcome, Usage } from "@corral/contracts/turn"
import { silenceSentence } from "../silence.ts"
import type { Conversation } from "./conversation.ts"
import { apiFailure, sentence } from "./failures.ts"

/** What the stream told that the result does not. */
export interface Streamed {
  readonly model: string
  readonly contextTokens: number | null
}

export function endTurn(conversation: Conversation, result: SDKResultMessage, streamed: Streamed): void {
  const { transcript, interruptAsked } = conversation
  const usage = usageOf(result, streamed)
  if (!isOurs(conversation, result)) return transcript.endOther({ outcome: "completed", error: null, usage })
  conversation.messageId = null
  conversation.interruptAsked = null
  transcript.end({ ...endingOf(result, interruptAsked), usage })
  void moveOn(conversation)
}

/** As soon as the end is on record, nobody has to read this turn again. */
const moveOn = async ({ spec, standIn, transcript }: Conversation): Promise<void> => {
  await spec.recorded()
  if (transcript.turnId === null) standIn.moveBookmark()
}

/** A finished background task starts a turn by itself; its result may come while one of ours waits. Old agents name no message. */
function isOurs({ transcript, messageId }: Conversation, result: SDKResultMessage): boolean {
  if (transcript.turnId === null) return true
  const named = result.user_message_uuids ?? (result.user_message_uuid === undefined ? [] : [result.user_message_uuid])
  if (named.length > 0) return messageId !== null && named.includes(messageId)
  return result.origin === undefined || result.origin.kind === "human"
}

function endingOf(
  result: SDKResultMessage,
  interruptAsked: Conversation["interruptAsked"],
): { outcome: TurnOutcome; error: string | null } {
  if (result.subtype === "success" && !result.is_error) return { outcome: "completed", error: null }
  if (interruptAsked === "silence") return { outcome: "failed", error: silenceSentence }
  const isAborted = result.terminal_reason === "aborted_streaming" || result.terminal_reason === "aborted_tools"
  if (isAborted || interruptAsked === "person") return { outcome: "interrupted", error: null }
  return { outcome: "failed", error: sentence(failureOf(result)) }
}

function failureOf(result: SDKResultMessage) {
  if (result.subtype === "success") return apiFailure(result.result, result.api_error_status ?? null)
  const words = result.errors.join(" ").trim()
  return apiFailure(words === "" ? (endings[result.subtype] ?? "The turn failed, and Claude Code did not say why.") : words, null)
}

const endings: Readonly<Record<string, string>> = {
  error_max_turns: "Claude Code stopped: it had asked the model as often as one turn may. Ask it to go on.",
  error_max_budget_usd: "Claude Code stopped: the budget of this session is used up.",
}

function usageOf(result: SDKResultMessage, { model, contextTokens }: Streamed): Usage {
  const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens } = result.usage
  const used = result.modelUsage[model] ?? Object.values(result.modelUsage)[0]
  return {
    inputTokens: input_tokens + cache_read_input_tokens + cache_creation_input_tokens,
    outputTokens: output_tokens,
    contextTokens,
    contextWindow: used?.contextWindow ?? null,
    costUsd: result.total_cost_usd,
    ...cacheOf(result.usage),
  }
}

const minuteMillis = 60_000

/** What a turn wrote or read is kept for an hour where the account has that, else for five minutes after it was last used. */
function cacheOf({ cache_creation, cache_creation_input_tokens, cache_read_input_tokens }: SDKResultMessage["usage"]) {
  if ((cache_creation?.ephemeral_1h_input_tokens ?? 0) > 0) return { cacheMillis: 60 * minuteMillis }
  return cache_creation_input_tokens + cache_read_input_tokens > 0 ? { cacheMillis: 5 * minuteMillis } : {}
}
