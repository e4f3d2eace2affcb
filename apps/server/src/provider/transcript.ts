// What an agent does, as rows of its thread: the same telling for every adapter, so that a translation is only about the wire.
import type { ItemId, TurnId } from "@corral/contracts/ids"
import { maxToolOutputChars } from "@corral/contracts/limits"
import type { NoticeLevel, Piece, ToolKind, ToolStatus, TurnOutcome, Usage } from "@corral/contracts/turn"
import type { AgentEvent } from "./provider.ts"
import { Requests } from "./requests.ts"
import { rowId } from "./row-id.ts"
import { Segments } from "./segments.ts"

export interface ToolStart {
  readonly name: string
  readonly kind: ToolKind
  readonly title: string
  readonly input: string
  /** What the agent calls the tool that this one is part of. */
  readonly parent: string | null
}

export interface TurnEnd {
  readonly outcome: TurnOutcome
  readonly error: string | null
  readonly usage: Usage | null
}

export class Transcript {
  readonly generation: number
  readonly requests: Requests
  readonly #tell: (event: AgentEvent) => void
  readonly #segments: Segments
  /** Running tools by their row, with how much of their output was shown. */
  readonly #tools = new Map<ItemId, { shown: string }>()
  #turnId: TurnId | null = null
  /** What notices are named by: the running turn, or the one that ended last. */
  #about = ""
  readonly #noticed = new Map<string, number>()

  constructor(generation: number, tell: (event: AgentEvent) => void) {
    this.generation = generation
    this.#tell = tell
    this.#segments = new Segments(tell)
    this.requests = new Requests(tell)
  }

  /** Null: no turn of ours runs; what the agent does now it does by itself. */
  get turnId(): TurnId | null {
    return this.#turnId
  }

  get about(): string {
    return this.#about
  }

  get hasRunningTools(): boolean {
    return this.#tools.size > 0
  }

  begin(turnId: TurnId): void {
    this.#segments.closeAll()
    this.#turnId = turnId
    this.comeAfter(turnId)
  }

  /** No turn runs; this one, or none, ended last. */
  comeAfter(name: string): void {
    this.#about = name
    this.#noticed.clear()
  }

  say(kind: "text" | "thinking", name: string, text: string): void {
    this.#segments.append({ itemId: this.#row(name), kind, turnId: this.#turnId }, text)
  }

  endSaid(name: string): void {
    this.#segments.close(this.#row(name))
  }

  /** Again for a running tool: nothing happens. */
  startTool(name: string, tool: ToolStart): void {
    const itemId = this.#row(name)
    if (this.#tools.has(itemId)) return
    this.#tools.set(itemId, { shown: "" })
    const parent = tool.parent === null ? null : this.#row(tool.parent)
    this.#piece({
      _tag: "tool-started",
      itemId,
      turnId: this.#turnId,
      ...tool,
      title: oneLine(tool.title),
      input: bounded(tool.input),
      parent,
    })
  }

  /** The whole output so far; what is new of it is shown. Output that was rewritten is shown when the tool ends. */
  showOutput(name: string, output: string): void {
    const itemId = this.#row(name)
    const tool = this.#tools.get(itemId)
    if (tool === undefined || output.length <= tool.shown.length || !output.startsWith(tool.shown)) return
    const text = output.slice(tool.shown.length)
    this.#tell({ _tag: "live", live: { itemId, turnId: this.#turnId, kind: "output", offset: tool.shown.length, text } })
    tool.shown = output
  }

  /** Not running: nothing happens. */
  endTool(name: string, status: ToolStatus, output: string): void {
    const itemId = this.#row(name)
    if (this.#tools.delete(itemId)) this.#piece({ _tag: "tool-ended", itemId, status, output: bounded(output) })
  }

  plan(name: string, entries: Extract<Piece, { _tag: "plan" }>["entries"]): void {
    this.#piece({ _tag: "plan", itemId: this.#row(name), turnId: this.#turnId, entries })
  }

  notice(level: NoticeLevel, text: string, detail: string | null = null): void {
    this.#piece({ _tag: "notice", itemId: this.#row(this.#nameOfNotice(`${text} ${detail}`)), turnId: this.#turnId, level, text, detail })
  }

  /** Closes what is open: text, tools that said no end (`lost`), requests; then tells the end of our turn, or of one of the agent's own. */
  end({ outcome, error, usage }: TurnEnd): void {
    const turnId = this.#turnId
    this.close()
    this.#turnId = null
    this.comeAfter(`after ${turnId}`)
    this.#tell({ _tag: "ended", turnId, outcome, error, usage })
  }

  /** A turn that the agent began by itself has ended while one of ours waits for its own. */
  endOther({ outcome, error, usage }: TurnEnd): void {
    this.#segments.closeAll()
    this.#tell({ _tag: "ended", turnId: null, outcome, error, usage })
  }

  /** Nothing more will come for what is open now. */
  close(): void {
    this.#segments.closeAll()
    for (const [itemId, { shown }] of this.#tools) this.#piece({ _tag: "tool-ended", itemId, status: "lost", output: bounded(shown) })
    this.#tools.clear()
    this.requests.withdrawAll()
  }

  /** The same each time that the same is said in the same place: a server that reads a turn once more must not tell it twice. */
  #nameOfNotice(said: string): string {
    const count = this.#noticed.get(said) ?? 0
    this.#noticed.set(said, count + 1)
    return `notice ${this.#about} ${count} ${said}`
  }

  #row(name: string): ItemId {
    return rowId(this.generation, name)
  }

  #piece(piece: Piece): void {
    this.#tell({ _tag: "piece", piece })
  }
}

const maxTitleChars = 300

const oneLine = (text: string): string => {
  const line = text.trim().replaceAll(/\s*\n\s*/g, " ⏎ ")
  return line.length > maxTitleChars ? `${line.slice(0, maxTitleChars)}…` : line
}

const bounded = (text: string): string =>
  text.length > maxToolOutputChars
    ? `${text.slice(0, maxToolOutputChars)}\n[cut: ${text.length - maxToolOutputChars} more characters]`
    : text
