// Answers one HTTP request as the Messages API would, and keeps a record of every question to the model.
import type { IncomingMessage, ServerResponse } from "node:http"
import { parseJson, type Json } from "./json.ts"
import { perform } from "./perform.ts"
import { readQuestion, type Question } from "./question.ts"
import { streamReply, tokensOf, wholeReply } from "./reply.ts"
import { planAnswer, type Step } from "./script.ts"

export interface StubRequest extends Question {
  readonly at: number
  readonly path: string
  /** The whole answer was sent. */
  finished: boolean
  /** When the connection of this answer closed, in ms after it came; null: still open. */
  closedAfter: number | null
}

export interface Books {
  readonly keep: (request: StubRequest) => void
  readonly hanging: Set<() => void>
}

export const answer = async (request: IncomingMessage, response: ServerResponse, books: Books): Promise<void> => {
  const text = await bodyOf(request)
  const path = new URL(request.url ?? "/", "http://stub").pathname
  if (request.method !== "POST") return answerOther(request, response, path)
  if (path.endsWith("/messages/count_tokens")) return sendJson(response, 200, { input_tokens: tokensOf(text) })
  if (!path.endsWith("/messages")) return sendJson(response, 404, errorOf(404))
  const question = readQuestion(parseJson(text))
  books.keep(record(question, path, response))
  const steps = question.aside ? asideAnswer(text) : planAnswer(question.prompt, question.toolsDone)
  await answerQuestion(question, steps, { response, books, inputTokens: tokensOf(text) })
}

const record = (question: Question, path: string, response: ServerResponse): StubRequest => {
  const at = Date.now()
  const request: StubRequest = { ...question, at, path, finished: false, closedAfter: null }
  response.once("close", () => {
    request.finished = response.writableFinished
    request.closedAfter = Date.now() - at
  })
  return request
}

const answerQuestion = async (
  question: Question,
  steps: readonly Step[],
  to: { readonly response: ServerResponse; readonly books: Books; readonly inputTokens: number },
): Promise<void> => {
  const { response, books, inputTokens } = to
  const hang = () => hangOn(response, books.hanging)
  const error = steps.find((step) => step._tag === "error")
  if (error !== undefined) return sendJson(response, error.status, errorOf(error.status))
  if (steps.some((step) => step._tag === "stall")) {
    await hang()
    response.destroy()
    return
  }
  if (!question.stream) return sendJson(response, 200, wholeReply(question, steps, inputTokens))
  await perform(steps, { response, reply: streamReply(response, question, inputTokens), hang })
}

const hangOn = (response: ServerResponse, hanging: Set<() => void>): Promise<void> =>
  new Promise((resolve) => {
    const letGo = () => {
      hanging.delete(letGo)
      resolve()
    }
    hanging.add(letGo)
    response.once("close", letGo)
  })

const answerOther = (request: IncomingMessage, response: ServerResponse, path: string): void => {
  if (path.endsWith("/models")) return sendJson(response, 200, { data: [], has_more: false })
  const isHello = path === "/" || path.endsWith("/hello") || request.method === "HEAD"
  sendJson(response, isHello ? 200 : 404, isHello ? {} : errorOf(404))
}

const asideAnswer = (text: string): readonly Step[] => {
  const said = text.includes('"title"') ? '{"title":"stub title"}' : "stub side answer"
  return [{ _tag: "text", chunks: [said], everyMillis: 0 }]
}

const errorTypes: Readonly<Record<number, string>> = {
  401: "authentication_error",
  404: "not_found_error",
  429: "rate_limit_error",
  529: "overloaded_error",
}

const errorOf = (status: number): Json => ({
  type: "error",
  error: { type: errorTypes[status] ?? (status < 500 ? "invalid_request_error" : "api_error"), message: `stub error ${status}` },
})

const sendJson = (response: ServerResponse, status: number, body: Json): void => {
  response.writeHead(status, { "content-type": "application/json", "request-id": "req_stub" })
  response.end(JSON.stringify(body))
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}
