// What Claude Code asks for and what a person answers: tools, questions, plans.
import { readFileSync } from "node:fs"
import type { CanUseTool, PermissionResult, PermissionUpdate } from "@anthropic-ai/claude-agent-sdk"
import type { RequestId } from "@corral/contracts/ids"
import type { Answer, Question, Request } from "@corral/contracts/turn"
import * as Effect from "effect/Effect"
import { requestIdOf } from "../row-id.ts"
import type { Conversation } from "./conversation.ts"
import { inputOf, isInput, kindOf, text, type ToolInput } from "./tools.ts"

type AskOptions = Parameters<CanUseTool>[2]

export const answerRequest = (conversation: Conversation, requestId: RequestId, answer: Answer) =>
  Effect.suspend(() =>
    conversation.transcript.requests.answer(requestId, answer)
      ? Effect.void
      : Effect.fail(conversation.failure("answer", new Error("The agent no longer waits for this answer."))),
  )

export const canUseTool =
  (conversation: Conversation): CanUseTool =>
  async (name, input, options) => {
    const { transcript } = conversation
    const requestId = requestIdOf(transcript.generation, options.requestId)
    options.signal.addEventListener("abort", () => transcript.requests.withdraw(requestId), { once: true })
    const always = alwaysOf(name, options)
    const answer = await transcript.requests.ask({
      requestId,
      turnId: transcript.turnId,
      kind: requestKind(name),
      toolName: name,
      subject: subjectOf(name, input),
      cwd: conversation.spec.cwd,
      always: always.words,
      questions: name === "AskUserQuestion" ? questionsOf(input) : [],
      openedAt: Date.now(),
    })
    return resultOf(conversation, { name, input, answer, updates: always.updates, toolUseId: options.toolUseID })
  }

interface Answered {
  readonly name: string
  readonly input: Record<string, unknown>
  readonly answer: Answer | null
  readonly updates: readonly PermissionUpdate[]
  readonly toolUseId: string
}

function resultOf(conversation: Conversation, { name, input, answer, updates, toolUseId }: Answered): PermissionResult {
  if (answer === null) return { behavior: "deny", message: "The turn was ended." }
  if (answer.decision === "deny") {
    conversation.denied.add(toolUseId)
    return { behavior: "deny", message: answer.text || "The person denied this." }
  }
  if (name === "AskUserQuestion") return { behavior: "allow", updatedInput: { ...input, answers: answer.answers } }
  if (name === "ExitPlanMode") conversation.transcript.notice("info", "The plan was approved: the agent has left the mode plan.")
  return { behavior: "allow", updatedInput: input, ...(answer.decision === "always" ? { updatedPermissions: [...updates] } : {}) }
}

function requestKind(name: string): Request["kind"] {
  if (name === "AskUserQuestion") return "question"
  if (name === "ExitPlanMode") return "plan"
  const kind = kindOf(name)
  return kind === "command" || kind === "edit" ? kind : "tool"
}

function subjectOf(name: string, input: ToolInput): string {
  if (name === "ExitPlanMode") return planOf(input)
  if (name === "AskUserQuestion")
    return questionsOf(input)
      .map(({ question }) => question)
      .join("\n")
  return inputOf(name, input) || name
}

/** Newer versions keep the plan in a file and name that. */
function planOf(input: ToolInput): string {
  const plan = text(input, "plan")
  if (plan !== "") return plan
  try {
    return readFileSync(text(input, "planFilePath"), "utf8")
  } catch {
    return "The agent wants to leave the mode plan and begin. It gave no text with its plan."
  }
}

/** What "always" would cover, as the agent suggests it; none where it must not be offered. */
function alwaysOf(name: string, options: AskOptions): { readonly words: string | null; readonly updates: readonly PermissionUpdate[] } {
  if (name === "ExitPlanMode")
    return { words: "Begin, and edit files without asking", updates: [{ type: "setMode", mode: "acceptEdits", destination: "session" }] }
  const updates = options.suppressAlwaysAllowRule === true ? [] : (options.suggestions ?? [])
  return updates.length === 0 ? { words: null, updates } : { words: updates.map(wordsOf).join("; "), updates }
}

function wordsOf(update: PermissionUpdate): string {
  if (update.type === "setMode") return update.mode === "acceptEdits" ? "Edit files without asking in this session" : `Mode ${update.mode}`
  if (update.type === "addDirectories") return `Work in ${update.directories.join(", ")}`
  if (!("rules" in update)) return "As Claude Code suggests"
  const where = update.destination === "session" ? "in this session" : "in this project"
  const rules = update.rules.map((rule) => (rule.ruleContent === undefined ? rule.toolName : `${rule.toolName}(${rule.ruleContent})`))
  return `Always ${update.behavior} ${rules.join(", ")} ${where}`
}

function questionsOf(input: ToolInput): readonly Question[] {
  const questions = input["questions"]
  if (!Array.isArray(questions)) return []
  return questions.filter(isInput).map((question) => ({
    question: text(question, "question"),
    header: text(question, "header"),
    options: optionsOf(question["options"]),
    multiSelect: question["multiSelect"] === true,
  }))
}

const optionsOf = (options: unknown): Question["options"] =>
  Array.isArray(options)
    ? options.filter(isInput).map((option) => ({ label: text(option, "label"), description: text(option, "description") }))
    : []
