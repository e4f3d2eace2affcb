// From ACP's session updates to rows of a transcript.
import type {
  PlanEntry,
  SessionUpdate,
  ToolCall,
  ToolCallContent,
  ToolCallUpdate,
  ToolKind as AcpToolKind,
  UsageUpdate,
} from "@agentclientprotocol/sdk"
import type { ToolKind, Usage } from "@corral/contracts/turn"
import { diff } from "../diff.ts"
import type { Transcript } from "../transcript.ts"

type Said = "agent_message_chunk" | "agent_thought_chunk"

export class Translation {
  readonly #transcript: Transcript
  /** Running tool calls, merged from all that was said of them. */
  readonly #calls = new Map<string, ToolCallUpdate>()
  readonly denied = new Set<string>()
  /** Rows of prose have no name on the wire: neighbours of one kind are one row. */
  #said: { readonly name: string; readonly kind: Said; readonly messageId: string | null } | null = null
  #count = 0
  context: Pick<Usage, "contextTokens" | "contextWindow" | "costUsd"> = { contextTokens: null, contextWindow: null, costUsd: null }

  constructor(transcript: Transcript) {
    this.#transcript = transcript
  }

  /** How many rows of prose there were. */
  get count(): number {
    return this.#count
  }

  /** As a former server had it when it gave the running turn. */
  goOn({ count, context }: Pick<Translation, "count" | "context">): void {
    this.#count = count
    this.context = context
  }

  update(update: SessionUpdate): void {
    switch (update.sessionUpdate) {
      case "agent_message_chunk":
      case "agent_thought_chunk":
        if (update.content.type === "text") this.#say(update.sessionUpdate, update.messageId ?? null, update.content.text)
        return
      case "tool_call":
      case "tool_call_update":
        return this.tool(update)
      case "usage_update":
        this.context = contextOf(update)
        return
      case "plan":
      case "notice":
        this.endSaid()
        return this.#tellRow(update)
      default:
        return
    }
  }

  #tellRow(update: Extract<SessionUpdate, { sessionUpdate: "plan" | "notice" }>): void {
    if (update.sessionUpdate === "notice")
      return this.#transcript.notice(levelOf(update.severity), update.title, update.description ?? null)
    this.#transcript.plan(`plan-${this.#transcript.turnId}`, update.entries.map(entryOf))
  }

  /** Also what a request for permission says of its tool. */
  tool(update: ToolCall | ToolCallUpdate): void {
    this.endSaid()
    const id = update.toolCallId
    const call: ToolCallUpdate = { ...this.#calls.get(id), ...present(update), toolCallId: id }
    this.#calls.set(id, call)
    // An agent may name a call before it knows its input; a row cannot be named twice.
    if (call.status === "pending" && call.rawInput === undefined) return
    this.#transcript.startTool(id, startOf(call))
    if (call.status === "completed" || call.status === "failed") return this.#endTool(call)
    this.#transcript.showOutput(id, outputOf(call))
  }

  /** The row of prose under way is complete. */
  endSaid(): void {
    if (this.#said !== null) this.#transcript.endSaid(this.#said.name)
    this.#said = null
  }

  #endTool(call: ToolCallUpdate): void {
    this.#calls.delete(call.toolCallId)
    const status = this.denied.delete(call.toolCallId) ? "denied" : call.status === "failed" ? "failed" : "done"
    this.#transcript.endTool(call.toolCallId, status, outputOf(call))
  }

  #say(kind: Said, messageId: string | null, text: string): void {
    if (this.#said?.kind !== kind || this.#said.messageId !== messageId) {
      this.endSaid()
      this.#count += 1
      this.#said = { name: `said-${this.#count}`, kind, messageId }
    }
    this.#transcript.say(kind === "agent_message_chunk" ? "text" : "thinking", this.#said.name, text)
  }
}

const contextOf = ({ used, size, cost }: UsageUpdate) => ({
  contextTokens: used,
  contextWindow: size,
  costUsd: cost?.currency === "USD" ? cost.amount : null,
})

/** An update tells only what changed; null and absent mean "as it was". */
const present = (update: ToolCall | ToolCallUpdate): Partial<ToolCallUpdate> =>
  Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined && value !== null))

const startOf = (call: ToolCallUpdate) => ({
  name: nameOf(call),
  kind: kindOf(call.kind ?? "other"),
  title: call.title ?? call.name ?? "tool",
  input: inputOf(call.rawInput),
  parent: null,
})

const kinds: Readonly<Partial<Record<AcpToolKind, ToolKind>>> = {
  execute: "command",
  read: "read",
  edit: "edit",
  delete: "edit",
  move: "edit",
  search: "search",
  fetch: "fetch",
}

const verbs: Readonly<Partial<Record<AcpToolKind, string>>> = {
  execute: "Run",
  read: "Read",
  edit: "Edit",
  delete: "Delete",
  move: "Move",
  search: "Search",
  fetch: "Fetch",
  think: "Think",
}

/** By the agent's own name for the tool, where it gives one. */
export const nameOf = ({ name, kind }: Pick<ToolCallUpdate, "name" | "kind">): string => name ?? verbs[kind ?? "other"] ?? "Tool"

const kindOf = (kind: AcpToolKind): ToolKind => kinds[kind] ?? "other"

/** A command as it is; anything else as JSON. */
export function inputOf(rawInput: unknown): string {
  if (rawInput === undefined || rawInput === null) return ""
  if (typeof rawInput === "string") return rawInput
  if (typeof rawInput === "object" && "command" in rawInput && typeof rawInput.command === "string") return rawInput.command
  return JSON.stringify(rawInput, null, 2)
}

export function outputOf(call: ToolCallUpdate): string {
  const shown = (call.content ?? []).map(textOf).filter((text) => text !== "")
  if (shown.length > 0) return shown.join("\n")
  return typeof call.rawOutput === "string" ? call.rawOutput : call.rawOutput === undefined ? "" : JSON.stringify(call.rawOutput, null, 2)
}

function textOf(content: ToolCallContent): string {
  if (content.type === "diff") return diff(content.path, content.oldText ?? null, content.newText)
  return content.type === "content" && content.content.type === "text" ? content.content.text : ""
}

const entryOf = ({ content, status }: PlanEntry) => ({
  text: content,
  state: status === "completed" ? ("done" as const) : status === "in_progress" ? ("active" as const) : ("pending" as const),
})

const levelOf = (severity: string) => (severity === "error" ? "error" : severity === "warning" ? "warning" : "info")
