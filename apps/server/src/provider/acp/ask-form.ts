// A form that an agent asks to be filled in, as questions, and the answers as the values it wants.
import {
  CreateElicitationRequest,
  type CreateElicitationResponse,
  type ElicitationContentValue,
  type ElicitationFormMode,
  ElicitationPropertySchema,
} from "@agentclientprotocol/sdk"
import type { Answer, Question } from "@corral/contracts/turn"
import { ask, type Asked } from "./answer.ts"
import type { Conversation } from "./conversation.ts"

type Fields = NonNullable<ElicitationFormMode["requestedSchema"]["properties"]>

export async function askForm(
  conversation: Conversation,
  params: CreateElicitationRequest,
  asked: Asked,
): Promise<CreateElicitationResponse> {
  if (!CreateElicitationRequest.isForm(params)) return { action: "decline" }
  const fields = params.requestedSchema.properties ?? {}
  const questions = Object.entries(fields).map(([name, field]) => questionOf(nameOf(fields, name, params.message), name, field))
  const answer = await ask(conversation, asked, {
    kind: "question",
    toolName: "question",
    subject: params.message,
    cwd: null,
    always: null,
    questions,
  })
  if (answer === null) return { action: "cancel" }
  if (answer.decision === "deny") return { action: "decline" }
  return { action: "accept", content: contentOf(fields, params.message, answer) }
}

/** A form of one field is the question itself. */
const nameOf = (fields: Fields, name: string, message: string): string =>
  Object.keys(fields).length === 1 ? message : (titleOf(fields[name]) ?? name)

const titleOf = (field: ElicitationPropertySchema | undefined): string | null => {
  const title: unknown = field !== undefined && "title" in field ? field.title : null
  return typeof title === "string" ? title : null
}

const questionOf = (question: string, name: string, field: ElicitationPropertySchema): Question => ({
  question,
  header: titleOf(field) ?? name,
  options: choicesOf(field).map((label) => ({ label, description: "" })),
  multiSelect: ElicitationPropertySchema.isArray(field),
})

function choicesOf(field: ElicitationPropertySchema): readonly string[] {
  if (ElicitationPropertySchema.isBoolean(field)) return ["yes", "no"]
  if (ElicitationPropertySchema.isString(field)) return field.enum ?? field.oneOf?.map((option) => option.const) ?? []
  if (!ElicitationPropertySchema.isArray(field)) return []
  const items: unknown = field.items
  return typeof items === "object" && items !== null && "enum" in items && Array.isArray(items.enum) ? items.enum.map(String) : []
}

function contentOf(fields: Fields, message: string, answer: Answer): Record<string, ElicitationContentValue> {
  const given = Object.entries(fields).map(
    ([name, field]) => [name, valueOf(field, answer.answers[nameOf(fields, name, message)])] as const,
  )
  return Object.fromEntries(given.filter((entry): entry is readonly [string, ElicitationContentValue] => entry[1] !== undefined))
}

function valueOf(field: ElicitationPropertySchema, text: string | undefined): ElicitationContentValue | undefined {
  if (text === undefined) return undefined
  if (ElicitationPropertySchema.isBoolean(field)) return text === "yes"
  if (ElicitationPropertySchema.isArray(field)) return text.split(",").map((label) => label.trim())
  return ElicitationPropertySchema.isNumber(field) || ElicitationPropertySchema.isInteger(field) ? Number(text) : text
}
