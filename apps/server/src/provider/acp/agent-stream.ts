// The line to an agent as the ACP library wants it: a stream of JSON-RPC messages each way. Ending the stream asks for the ladder.
import type { AnyMessage, Stream } from "@agentclientprotocol/sdk"
import type { AgentLine, Exit } from "../provider.ts"
import type { WireIds } from "./wire-ids.ts"

/** The method by which a turn is given; its answer is the turn's end. */
const promptMethod = "session/prompt"

/** What a bookmark says: without a turn, or with the one whose prompt has this id on the wire. */
type State = (promptId: number | null) => string

export interface AgentStreamOptions {
  readonly ids: WireIds
  /** A prompt that a former server has given: the library's first one is not sent, and gets its answer. */
  readonly adopted: number | null
}

export class AgentStream {
  readonly stream: Stream
  /** Null: it lives. */
  exit: Exit | null = null
  readonly #line: AgentLine
  readonly #ids: WireIds
  #state: State | null = null
  #adopted: number | null
  #prompt: number | null = null
  /** The number of the line that ended the last turn, and of the last one of all. */
  #ended: number | null = null
  #seen = 0
  #isReleased = false
  /** The library reads no more: its stream takes nothing, not even its end. */
  #isCancelled = false
  readonly #exitListeners: ((exit: Exit) => void)[] = []
  readonly #writing = new Map<string, () => void>()
  readonly #waiting: { readonly n: number; readonly resolve: () => void }[] = []
  readonly #input = Promise.withResolvers<ReadableStreamDefaultController<AnyMessage>>()

  constructor(line: AgentLine, { ids, adopted }: AgentStreamOptions) {
    this.#line = line
    this.#ids = ids
    this.#adopted = adopted
    const requestStop = () => this.#requestStop()
    const cancel = () => {
      this.#isCancelled = true
      requestStop()
    }
    this.stream = {
      readable: new ReadableStream<AnyMessage>({ start: this.#input.resolve, cancel }),
      writable: new WritableStream<AnyMessage>({ write: (message) => this.#write(message), close: requestStop, abort: requestStop }),
    }
  }

  /** Lines flow from now on. `state`: what bookmarks say. */
  async listen(state: State): Promise<void> {
    this.#state = state
    const controller = await this.#input.promise
    this.#line.onLine((text, n) => this.#take(controller, text, n))
    this.#line.onExit((exit) => {
      this.exit = exit
      if (!this.#isCancelled) controller.close()
      this.#tellHeard(Number.POSITIVE_INFINITY)
      for (const listener of this.#exitListeners) listener(exit)
    })
  }

  onExit(listener: (exit: Exit) => void): void {
    this.#exitListeners.push(listener)
  }

  /** Resolves when the next message of this method is in the agent's pipe. */
  written(method: string): Promise<void> {
    return new Promise((resolve) => this.#writing.set(method, resolve))
  }

  /** Resolves when the library has had line `n` and all before it, or the agent is gone. */
  heard(n: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ n, resolve })
      this.#tellHeard(this.exit === null ? this.#seen : Number.POSITIVE_INFINITY)
    })
  }

  /** The bookmark goes behind the turn that ended last; before any turn only its state changes. */
  moveBookmark(): void {
    if (this.#isReleased || this.exit !== null || this.#state === null) return
    // An agent that is gone needs no bookmark.
    this.#line.write([], { after: this.#ended, state: this.#state(null) }).catch(() => undefined)
  }

  /** The conversation is over for us; the agent is left alone. */
  release(): void {
    this.#isReleased = true
  }

  #take(controller: ReadableStreamDefaultController<AnyMessage>, text: string, n: number): void {
    this.#seen = n
    const message = parse(text)
    if (message !== undefined && !this.#isReleased && this.exit === null) {
      if (this.#prompt !== null && answers(message, this.#prompt)) this.#ended = n
      const ours = this.#ids.fromWire(message)
      if (ours !== null && !this.#isCancelled) controller.enqueue(ours)
    }
    this.#tellHeard(n)
  }

  /** What was put into the library's stream is handled within this turn of the event loop. */
  #tellHeard(seen: number): void {
    for (const waiting of this.#waiting.splice(0)) {
      if (waiting.n <= seen) setImmediate(waiting.resolve)
      else this.#waiting.push(waiting)
    }
  }

  async #write(message: AnyMessage): Promise<void> {
    if (this.#isReleased) return
    const method = "method" in message ? message.method : null
    const isPrompt = method === promptMethod
    if (isPrompt && this.#adopted !== null) this.#adopt(message, this.#adopted)
    else await this.#send(this.#ids.toWire(message), isPrompt)
    if (method !== null) this.#writing.get(method)?.()
  }

  #adopt(message: AnyMessage, wireId: number): void {
    this.#adopted = null
    this.#prompt = wireId
    this.#ids.adopt(message, wireId)
  }

  async #send(message: AnyMessage, isPrompt: boolean): Promise<void> {
    const promptId = isPrompt && "id" in message && typeof message.id === "number" ? message.id : null
    if (promptId !== null) this.#prompt = promptId
    const bookmark = promptId === null || this.#state === null ? null : { after: this.#ended, state: this.#state(promptId) }
    await this.#line.write([JSON.stringify(message)], bookmark)
  }

  #requestStop(): void {
    if (!this.#isReleased && this.exit === null) this.#line.requestStop()
  }
}

const answers = (message: AnyMessage, id: number): boolean => !("method" in message) && "id" in message && message.id === id

/** Undefined: not JSON-RPC. Agents and what they start print stray words on stdout; those are no reason to give up. */
function parse(text: string): AnyMessage | undefined {
  if (!text.startsWith("{")) return undefined
  try {
    const message: unknown = JSON.parse(text)
    return isMessage(message) ? message : undefined
  } catch {
    return undefined
  }
}

const isMessage = (value: unknown): value is AnyMessage => typeof value === "object" && value !== null && "jsonrpc" in value
