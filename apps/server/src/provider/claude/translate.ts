// From the SDK's messages to rows of a transcript.
import type {
  SDKAssistantMessage,
  SDKMessage,
  SDKPartialAssistantMessage,
  SDKUserMessage,
  SDKUserMessageReplay,
} from "@anthropic-ai/claude-agent-sdk"
import type { Conversation } from "./conversation.ts"
import { endTurn } from "./result.ts"
import type { Translated } from "./state.ts"
import { tellSystem } from "./system.ts"
import { TaskList } from "./task-list.ts"
import { inputOf, isInput, kindOf, titleOf } from "./tools.ts"

export class Translation {
  readonly #conversation: Conversation
  readonly #tasks = new TaskList()
  /** Messages of this turn whose text came in pieces: it must not come again as a whole. */
  readonly #streamed = new Set<string>()
  #messageId = ""
  #model = ""
  #contextTokens: number | null = null

  constructor(conversation: Conversation) {
    this.#conversation = conversation
  }

  told(): Translated {
    return { model: this.#model, contextTokens: this.#contextTokens, tasks: this.#tasks.entries() }
  }

  /** As a former server had it when it gave the running turn. */
  goOn({ model, contextTokens, tasks }: Translated): void {
    this.#model = model
    this.#contextTokens = contextTokens
    this.#tasks.goOn(tasks)
  }

  message(message: SDKMessage): void {
    this.#conversation.silence.heard()
    switch (message.type) {
      case "stream_event":
        // What a subagent says is told by its tool's result.
        return message.parent_tool_use_id === null ? this.#stream(message.event) : undefined
      case "assistant":
        return this.#assistant(message)
      case "user":
        return this.#user(message)
      case "result":
        this.#streamed.clear()
        return endTurn(this.#conversation, message, { model: this.#model, contextTokens: this.#contextTokens })
      case "rate_limit_event":
        if (message.rate_limit_info.status !== "rejected") return
        return this.#conversation.transcript.notice("warning", "The usage limit of this account is reached.")
      case "system":
        return tellSystem(this.#conversation, message)
      default:
        return
    }
  }

  #stream(event: SDKPartialAssistantMessage["event"]): void {
    const { transcript } = this.#conversation
    switch (event.type) {
      case "message_start":
        this.#messageId = event.message.id
        this.#model = event.message.model
        this.#streamed.add(event.message.id)
        return
      case "content_block_delta":
        if (event.delta.type === "text_delta") return transcript.say("text", this.#block(event.index), event.delta.text)
        if (event.delta.type === "thinking_delta") return transcript.say("thinking", this.#block(event.index), event.delta.thinking)
        return
      case "content_block_stop":
        return transcript.endSaid(this.#block(event.index))
      case "message_delta":
        this.#contextTokens = tokensOf(event.usage)
        return
      default:
        return
    }
  }

  #block(index: number): string {
    return `${this.#messageId}.${index}`
  }

  #assistant(message: SDKAssistantMessage): void {
    const { transcript, spec } = this.#conversation
    const isToldAlready = this.#streamed.has(message.message.id) || message.parent_tool_use_id !== null
    // Words of a failure: the turn's end says them, with the next step.
    const isFailure = message.error !== undefined
    for (const block of message.message.content) {
      if (block.type === "text" && !isToldAlready && !isFailure) {
        transcript.say("text", message.uuid, block.text)
        transcript.endSaid(message.uuid)
      }
      if (block.type !== "tool_use") continue
      const input = isInput(block.input) ? block.input : {}
      if (this.#tasks.takes(block.id, block.name, input)) continue
      transcript.startTool(block.id, {
        name: block.name,
        kind: kindOf(block.name),
        title: titleOf(block.name, input, spec.cwd),
        input: inputOf(block.name, input),
        parent: message.parent_tool_use_id,
      })
    }
  }

  #user(message: SDKUserMessage | SDKUserMessageReplay): void {
    const { transcript, denied, interruptAsked } = this.#conversation
    const { content } = message.message
    if (typeof content === "string") return
    for (const block of content) {
      if (block.type !== "tool_result") continue
      const isError = block.is_error === true
      if (this.#tasks.ends(block.tool_use_id, { isError, value: message.tool_use_result }, transcript)) continue
      const ending = interruptAsked === null ? "failed" : "lost"
      const status = denied.delete(block.tool_use_id) ? "denied" : isError ? ending : "done"
      transcript.endTool(block.tool_use_id, status, outputOf(block.content))
    }
  }
}

type Usage = Extract<SDKPartialAssistantMessage["event"], { type: "message_delta" }>["usage"]

/** Of the last request of the turn, with its answer: that is what the next one begins with. */
const tokensOf = (usage: Usage): number =>
  (usage.input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0) + usage.output_tokens

function outputOf(content: unknown): string {
  if (typeof content === "string") return content.replace(/^<tool_use_error>([\s\S]*)<\/tool_use_error>$/, "$1")
  if (!Array.isArray(content)) return ""
  return content
    .filter(isInput)
    .map((block) => (typeof block["text"] === "string" ? block["text"] : `[${String(block["type"])}]`))
    .join("\n")
}
