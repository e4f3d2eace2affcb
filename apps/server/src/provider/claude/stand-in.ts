// What the Agent SDK takes for a child process. The real one lives in the supervisor: ending stdin or killing becomes a request for the ladder.
import { EventEmitter } from "node:events"
import { PassThrough, Writable } from "node:stream"
import type { SpawnedProcess } from "@anthropic-ai/claude-agent-sdk"
import type { AgentLine, Exit } from "../provider.ts"

export class StandIn extends EventEmitter implements SpawnedProcess {
  readonly stdout = new PassThrough()
  readonly stdin: Writable
  killed = false
  /** Null: it lives, or is not launched yet. */
  exit: Exit | null = null
  readonly #attached = Promise.withResolvers<AgentLine>()
  /** What somebody waits for to be in the agent's pipe. */
  readonly #marks = new Map<string, PromiseWithResolvers<void>>()
  #line: AgentLine | null = null
  #isReleased = false
  #onExit: (exit: Exit) => void = () => undefined
  #state: (() => string) | null = null
  /** The number of the line that ended the last turn. */
  #ended: number | null = null

  constructor() {
    super()
    this.stdin = new Writable({
      decodeStrings: false,
      // The agent is gone: its exit tells so, a broken pipe has nothing to add.
      write: wholeLines((lines) => this.#write(lines).catch(() => undefined)),
      final: (done) => {
        this.#requestStop()
        done()
      },
    })
  }

  get exitCode(): number | null {
    return this.exit?.code ?? null
  }

  /** The agent is launched: what the SDK wrote so far goes to it. `state`: what bookmarks say. */
  attach(line: AgentLine, state: () => string): void {
    this.#line = line
    this.#state = state
    line.onLine((text, n) => {
      if (this.#isReleased) return
      if (endsTurn(text)) this.#ended = n
      this.stdout.write(`${text}\n`)
    })
    line.onExit((exit) => this.#leave(exit))
    this.#attached.resolve(line)
  }

  /** The bookmark goes behind the turn that ended last; before any turn only its state changes. */
  moveBookmark(): void {
    if (this.#isReleased || this.exit !== null || this.#state === null) return
    // An agent that is gone needs no bookmark.
    this.#line?.write([], { after: this.#ended, state: this.#state() }).catch(() => undefined)
  }

  /** Called before the SDK hears of it. One listener. */
  onExit(listener: (exit: Exit) => void): void {
    this.#onExit = listener
  }

  /** Resolves when the next line that contains `mark` is in the agent's pipe; rejects once the agent is gone. */
  written(mark: string): Promise<void> {
    const waiting = Promise.withResolvers<void>()
    this.#marks.set(mark, waiting)
    return waiting.promise
  }

  /** Never a signal: which one is right, and when, is the ladder's business. */
  kill(): boolean {
    this.#requestStop()
    return (this.killed = true)
  }

  /** The conversation is over for us: the SDK hears that its process ended, the agent hears nothing. */
  release(): void {
    this.#isReleased = true
    this.#leave({ code: 0, signal: null, stderr: "" })
  }

  #requestStop(): void {
    if (!this.#isReleased && this.exit === null) this.#line?.requestStop()
  }

  #leave(exit: Exit): void {
    if (this.exit !== null) return
    this.exit = exit
    if (!this.#isReleased) this.#onExit(exit)
    this.stdout.end()
    this.emit("exit", exit.code, exit.signal)
    for (const { reject } of this.#marks.values()) reject(new Error("the agent is gone"))
    this.#marks.clear()
  }

  async #write(lines: readonly string[]): Promise<void> {
    if (lines.length === 0 || this.#isReleased) return
    const line = await this.#attached.promise
    const marks = [...this.#marks].filter(([mark]) => lines.some((text) => text.includes(mark)))
    // What somebody waits for is a prompt: from now on a turn runs that a next server must read from its beginning.
    const bookmark = marks.length === 0 || this.#state === null ? null : { after: this.#ended, state: this.#state() }
    await line.write(lines, bookmark)
    for (const [mark, { resolve }] of marks) if (this.#marks.delete(mark)) resolve()
  }
}

/** What a line that ends a turn has in it, at no certain place. Inside of text the quotes would be escaped, so few lines must be parsed. */
const resultMark = '"type":"result"'

function endsTurn(text: string): boolean {
  if (!text.includes(resultMark)) return false
  try {
    const message: unknown = JSON.parse(text)
    return typeof message === "object" && message !== null && "type" in message && message.type === "result"
  } catch {
    // What an agent starts may print stray words on its output.
    return false
  }
}

/** The SDK writes lines, but a stream may cut them where it likes. */
function wholeLines(take: (lines: readonly string[]) => Promise<void>) {
  let rest = ""
  return (chunk: string | Buffer, _encoding: BufferEncoding, done: () => void) => {
    const lines = (rest + chunk.toString()).split("\n")
    rest = lines.pop() ?? ""
    void take(lines).then(done)
  }
}
