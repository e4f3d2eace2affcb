// Asks the person a question, with choices where the line gives some, and goes on with the answer.
import type { CreateElicitationRequest } from "@agentclientprotocol/sdk"
import type { Stage } from "./session.ts"
import { say } from "./talk.ts"

export async function ask(stage: Stage, rest: string): Promise<void> {
  const [question = "", ...choices] = rest.split("|").map((part) => part.trim())
  const answer = await stage.client.request("elicitation/create", formOf(stage.session.sessionId, question, choices), {
    cancellationSignal: stage.signal,
  })
  stage.signal.throwIfAborted()
  if (answer.action !== "accept") return say(stage, "You did not answer. Then I go on without.")
  const content: unknown = answer["content"]
  const given = typeof content === "object" && content !== null && "answer" in content ? content.answer : ""
  await say(stage, `You answered: **${String(given)}**`)
}

const formOf = (sessionId: string, question: string, choices: readonly string[]): CreateElicitationRequest => ({
  mode: "form",
  sessionId,
  message: question,
  requestedSchema: {
    type: "object",
    required: ["answer"],
    properties: { answer: { type: "string", title: "Answer", ...(choices.length > 0 ? { enum: [...choices] } : {}) } },
  },
})
