// One answer of the Messages API: as server-sent events, or whole as JSON.
import { randomUUID } from "node:crypto"
import type { ServerResponse } from "node:http"
import type { Json } from "./json.ts"
import type { Question } from "./question.ts"
import type { Step } from "./script.ts"

/** The real API sends tool input in pieces; so do we, so that nobody depends on whole ones. */
const inputPieceChars = 40

type Block = "text" | "thinking"

export interface Reply {
  readonly open: (kind: Block) => void
  readonly append: (kind: Block, text: string) => void
  readonly close: (kind: Block) => void
  readonly useTool: (name: string, input: Json) => void
  readonly finish: (usage: { readonly inputTokens: number; readonly outputTokens: number } | null) => void
}

export const streamReply = (response: ServerResponse, question: Question, inputTokens: number): Reply => {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache", "request-id": makeId("req_") })
  const send = (type: string, rest: Json) => {
    if (!response.destroyed) response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`)
  }
  let index = -1
  let outputTokens = 1
  let stopReason = "end_turn"
  const delta = (rest: Json) => send("content_block_delta", { index, delta: rest })
  send("message_start", { message: { ...messageOf(question), content: [], stop_reason: null, usage: usageOf(inputTokens, 1) } })
  return {
    open: (kind) => {
      index += 1
      const empty = kind === "text" ? { type: "text", text: "" } : { type: "thinking", thinking: "", signature: "" }
      send("content_block_start", { index, content_block: empty })
    },
    append: (kind, text) => {
      outputTokens += tokensOf(text)
      delta(kind === "text" ? { type: "text_delta", text } : { type: "thinking_delta", thinking: text })
    },
    close: (kind) => {
      if (kind === "thinking") delta({ type: "signature_delta", signature: "c3R1Yg==" })
      send("content_block_stop", { index })
    },
    useTool: (name, input) => {
      index += 1
      stopReason = "tool_use"
      const text = JSON.stringify(input)
      outputTokens += tokensOf(text)
      send("content_block_start", { index, content_block: { type: "tool_use", id: makeId("toolu_"), name, input: {} } })
      for (const piece of cut(text, inputPieceChars)) delta({ type: "input_json_delta", partial_json: piece })
      send("content_block_stop", { index })
    },
    finish: (usage) => {
      const tokens = usage ?? { inputTokens, outputTokens }
      const stop = { stop_reason: stopReason, stop_sequence: null }
      send("message_delta", { delta: stop, usage: usageOf(tokens.inputTokens, tokens.outputTokens) })
      send("message_stop", {})
      response.end()
    },
  }
}

/** The whole message at once, for a client that does not stream. */
export const wholeReply = (question: Question, steps: readonly Step[], inputTokens: number): Json => {
  const text = steps.flatMap((step) => (step._tag === "text" ? step.chunks : [])).join("")
  const tools = steps.flatMap((step) => (step._tag === "tool" ? [step] : []))
  return {
    ...messageOf(question),
    content: [
      ...(text === "" ? [] : [{ type: "text", text }]),
      ...tools.map(({ name, input }) => ({ type: "tool_use", id: makeId("toolu_"), name, input })),
    ],
    stop_reason: tools.length === 0 ? "end_turn" : "tool_use",
    usage: usageOf(inputTokens, tokensOf(text)),
  }
}

export const tokensOf = (text: string): number => Math.max(1, Math.ceil(text.length / 4))

const messageOf = (question: Question): Json => ({
  id: makeId("msg_"),
  type: "message",
  role: "assistant",
  model: question.model,
  stop_sequence: null,
})

const usageOf = (inputTokens: number, outputTokens: number): Json => ({
  input_tokens: inputTokens,
  output_tokens: outputTokens,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
})

const cut = (text: string, size: number): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, n) => text.slice(n * size, (n + 1) * size))

const makeId = (prefix: string): string => prefix + randomUUID().replaceAll("-", "").slice(0, 20)
