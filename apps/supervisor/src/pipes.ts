// The pipes of one tree's root. They live here and not in the server, so a server that dies takes no agent along.
import type { ChildProcessByStdio } from "node:child_process"
import type { Readable, Writable } from "node:stream"
import type { TreeId } from "@corral/contracts/ids"
import { maxFrameBytes } from "@corral/contracts/limits"
import type { Bookmark, Told } from "@corral/contracts/supervisor"
import { cutLines } from "./cut-lines.ts"
import { keptBytes, LineWindow } from "./line-window.ts"
import { Refusal } from "./refusal.ts"

/** What an agent said last on stderr: enough for a stack trace. */
const stderrTailBytes = 16 * 1024
/** Input that an agent has not read yet. Over it writing is refused: it will not read the rest either. */
const maxUnreadBytes = 16 * 1024 * 1024
/** After the root has left, its last words are in the pipe; no more of them for this long means that they are read. */
const quietMillis = 20
/** What the root left behind may hold its stdout open and chat on: the exit is told by then all the same. */
const maxLastWordsMillis = 500

export type Child = ChildProcessByStdio<Writable, Readable, Readable>
/** Our ends of a child's pipes. */
export type PipeEnds = Pick<Child, "stdin" | "stdout" | "stderr">
export interface Exit {
  readonly code: number | null
  readonly signal: string | null
}
/** Gets frames ready for the wire. */
export type Listener = (frame: Buffer) => void

export interface Pipes {
  /** Resolves when all lines are in the pipe; a full pipe delays it. The bookmark is moved at once. */
  readonly write: (lines: readonly string[], bookmark: Bookmark | null) => Promise<Refusal | undefined>
  readonly endInput: () => void
  /** Tells everything after `after` (null: the bookmark), then goes on live. A second listener takes the place of the first. */
  readonly attach: (after: number | null, listener: Listener) => Attached | Refusal
  readonly detach: () => void
  readonly acknowledge: (n: number) => void
  readonly facts: () => Facts
  /** Nothing is kept that a listener would still have to hear. */
  readonly isSpent: () => boolean
  /** Lets go of the system's end of the pipes, when no process is left at the other one. */
  readonly close: () => void
}

/** What is told first. */
export interface Attached {
  readonly after: number
  readonly kept: number
  readonly state: string | null
}

export interface Facts {
  readonly bytesIn: number
  readonly bytesOut: number
  readonly lastOutputAt: number | null
}

export function frameOf(told: Told): Buffer {
  return Buffer.from(`${JSON.stringify({ tell: told })}\n`)
}

/** Begins to read at once; output waits in the window until somebody attaches. */
export function holdPipes(treeId: TreeId, child: PipeEnds, exited: Promise<Exit>): Pipes {
  const output = new Output(treeId, child.stdout)
  const stderr = keepTail(child.stderr)
  let bytesIn = 0
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on("error", () => {})
  void exited.then(async (exit) => {
    await output.lastWords()
    output.tellExit(frameOf({ _tag: "exit", treeId, ...exit, stderr: stderr() }))
  })
  return {
    write: async (lines, bookmark) => {
      if (bookmark) output.moveBookmark(bookmark)
      if (lines.length === 0) return undefined
      const text = lines.map((line) => `${line}\n`).join("")
      if (child.stdin.writableLength + text.length > maxUnreadBytes) return new Refusal("too-large", "the agent does not read its input")
      const problem = await writeAll(child.stdin, text)
      if (problem) return new Refusal("unknown-tree", `the agent of ${treeId} takes no more input: ${problem}`)
      bytesIn += Buffer.byteLength(text)
      return undefined
    },
    endInput: () => void child.stdin.end(),
    attach: (after, listener) => output.attach(after, listener),
    detach: () => output.detach(),
    acknowledge: (n) => output.acknowledge(n),
    facts: () => ({ bytesIn, bytesOut: output.bytes, lastOutputAt: output.lastAt }),
    isSpent: () => output.isSpent,
    close: () => {
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy()
    },
  }
}

class Output {
  bytes = 0
  lastAt: number | null = null
  readonly #treeId: TreeId
  readonly #stream: Readable
  readonly #window = new LineWindow()
  #listener: Listener | null = null
  #awaited: Listener | null = null
  #state: string | null = null
  /** Told after all lines, to whoever listens then: that a line was too long, that the root has left. */
  #overlong: Buffer | null = null
  #exit: Buffer | null = null
  #exitIsTold = false

  constructor(treeId: TreeId, stream: Readable) {
    this.#treeId = treeId
    this.#stream = stream
    const cutter = cutLines(
      maxFrameBytes,
      (line) => this.#keep(line),
      (bytes) => this.#giveUp(bytes),
    )
    stream.on("data", (chunk: Buffer) => {
      this.bytes += chunk.length
      this.lastAt = Date.now()
      cutter.push(chunk)
      if (this.#mustWait) stream.pause()
    })
    stream.on("end", () => {
      const rest = cutter.rest()
      if (rest.length > 0) this.#keep(rest)
    })
  }

  get isSpent(): boolean {
    return this.#exitIsTold && this.#window.count === 0
  }

  get #mustWait(): boolean {
    return this.#overlong !== null || this.#window.isFull
  }

  #keep(line: Buffer): void {
    if (this.#overlong) return
    const n = this.#window.next
    const frame = frameOf({ _tag: "line", treeId: this.#treeId, n, line: line.toString("utf8") })
    if (frame.length > maxFrameBytes) return this.#giveUp(line.length)
    this.#window.add(frame)
    this.#listener?.(frame)
  }

  /** Reading stops for good: what follows could not be told in order. */
  #giveUp(bytes: number): void {
    this.#overlong = frameOf({ _tag: "overlong", treeId: this.#treeId, bytes })
    this.#listener?.(this.#overlong)
  }

  attach(asked: number | null, listener: Listener): Attached | Refusal {
    const after = asked ?? this.#window.bookmark
    if (after === null) return new Refusal("forgotten", `more than ${keptBytes} bytes were said since the bookmark of ${this.#treeId}`)
    this.#listener = null
    this.#awaited = listener
    this.acknowledge(after)
    // The answer to the ask goes out in this tick, the lines after it.
    setImmediate(() => {
      if (this.#awaited !== listener) return
      this.#listener = listener
      for (const frame of this.#window.after(after)) listener(frame.bytes)
      if (this.#overlong) listener(this.#overlong)
      this.#sayExit()
    })
    return { after, kept: this.#window.after(after).length, state: this.#state }
  }

  moveBookmark({ after, state }: Bookmark): void {
    this.#state = state
    if (after !== null) this.#window.moveBookmark(after)
  }

  detach(): void {
    this.#listener = null
    this.#awaited = null
  }

  acknowledge(n: number): void {
    this.#window.acknowledge(n)
    if (!this.#mustWait && this.#stream.isPaused()) this.#stream.resume()
  }

  /** Resolves when what the root wrote before it left has been read; a full window may delay that. */
  async lastWords(): Promise<void> {
    const end = performance.now() + maxLastWordsMillis
    while (!this.#stream.readableEnded && !this.#stream.destroyed && !this.#overlong) {
      const seen = this.bytes
      await new Promise((resolve) => setTimeout(resolve, quietMillis))
      // A long look may have taken all of that time: what is there already is read in between, its end too.
      await new Promise((resolve) => setImmediate(resolve))
      if (!this.#mustWait && (seen === this.bytes || performance.now() > end)) return
    }
  }

  tellExit(frame: Buffer): void {
    this.#exit = frame
    this.#sayExit()
  }

  #sayExit(): void {
    if (!this.#exit || !this.#listener) return
    this.#exitIsTold = true
    this.#listener(this.#exit)
  }
}

function keepTail(stream: Readable): () => string {
  let tail: Buffer = Buffer.alloc(0)
  stream.on("data", (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-stderrTailBytes)
  })
  return () => tail.toString("utf8")
}

/** Null: all is in the pipe. */
function writeAll(stream: Writable, text: string): Promise<string | null> {
  if (!stream.writable) return Promise.resolve("its input has ended")
  return new Promise((resolve) => void stream.write(text, (error) => resolve(error ? error.message : null)))
}
