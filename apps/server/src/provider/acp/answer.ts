// What an agent asks for and what a person answers: permissions and forms, there and back.
import type { PermissionOption, RequestPermissionRequest, RequestPermissionResponse } from "@agentclientprotocol/sdk"
import type { RequestId } from "@corral/contracts/ids"
import type { Answer, Request } from "@corral/contracts/turn"
import * as Effect from "effect/Effect"
import { requestIdOf } from "../row-id.ts"
import type { Conversation } from "./conversation.ts"
import { inputOf, nameOf, outputOf } from "./translate.ts"

/** What the agent's request is called on the wire, and when it takes it back. */
export interface Asked {
  readonly wireId: string | number | null
  readonly signal: AbortSignal
}

export async function askPermission(
  conversation: Conversation,
  params: RequestPermissionRequest,
  asked: Asked,
): Promise<RequestPermissionResponse> {
  const { translation } = conversation
  translation.tool({ ...params.toolCall, status: params.toolCall.status ?? "pending", rawInput: params.toolCall.rawInput ?? {} })
  const answer = await ask(conversation, asked, permissionOf(conversation, params))
  if (answer === null) return { outcome: { outcome: "cancelled" } }
  const option = optionFor(params.options, answer.decision)
  if (option === undefined) return { outcome: { outcome: "cancelled" } }
  if (answer.decision === "deny") translation.denied.add(params.toolCall.toolCallId)
  const words = answer.text === null ? {} : { _meta: { "corral/text": answer.text } }
  return { outcome: { outcome: "selected", optionId: option.optionId }, ...words }
}

/** Null: withdrawn, by the agent or because the turn ended. */
export function ask(
  conversation: Conversation,
  { wireId, signal }: Asked,
  request: Omit<Request, "requestId" | "turnId" | "openedAt">,
): Promise<Answer | null> {
  const { transcript } = conversation
  const requestId = requestIdOf(transcript.generation, `ask-${wireId}`)
  signal.addEventListener("abort", () => transcript.requests.withdraw(requestId), { once: true })
  return transcript.requests.ask({ ...request, requestId, turnId: transcript.turnId, openedAt: Date.now() })
}

export const answerRequest = (conversation: Conversation, requestId: RequestId, answer: Answer) =>
  Effect.suspend(() =>
    conversation.transcript.requests.answer(requestId, answer)
      ? Effect.void
      : Effect.fail(conversation.failure("answer", new Error("The agent no longer waits for this answer."))),
  )

function permissionOf(
  { spec }: Conversation,
  { toolCall, options }: RequestPermissionRequest,
): Omit<Request, "requestId" | "turnId" | "openedAt"> {
  const command = inputOf(toolCall.rawInput)
  const shown = outputOf(toolCall)
  const kind = requestKinds[toolCall.kind ?? "other"] ?? "tool"
  const subject = kind === "command" ? command || shown : shown || command
  return {
    kind,
    toolName: nameOf(toolCall),
    subject: subject || (toolCall.title ?? ""),
    cwd: spec.cwd,
    always: options.find((option) => option.kind === "allow_always")?.name ?? null,
    questions: [],
  }
}

const requestKinds: Readonly<Record<string, Request["kind"]>> = {
  execute: "command",
  edit: "edit",
  delete: "edit",
  move: "edit",
  switch_mode: "plan",
}

/** An agent that offers no "always" is told "once", never more than was asked for. */
function optionFor(options: readonly PermissionOption[], decision: Answer["decision"]): PermissionOption | undefined {
  const wanted = { allow: ["allow_once"], always: ["allow_always", "allow_once"], deny: ["reject_once", "reject_always"] }[decision]
  return wanted.map((kind) => options.find((option) => option.kind === kind)).find((option) => option !== undefined)
}
