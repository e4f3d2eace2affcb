// One WebSocket at a time, opened again for ever. Knows frames and hello; what frames are about is its parts' business.
import { maxFrameBytes, rpcVersion } from "@corral/contracts/limits"
import type { ClientFrame, Hello, Refusal, ServerFrame } from "@corral/contracts/rpc"
import { Disconnected, Refused } from "./errors.ts"
import { Heartbeat } from "./heartbeat.ts"
import type { WebSocketLike } from "./socket.ts"
import { retryMillis, type ConnectionState } from "./state.ts"
import type { Timing } from "./timing.ts"

/** From the first packet to hello. A server that is just starting answers well within it. */
const helloMillis = 10_000

export type AnswerFrame = Extract<ServerFrame, { readonly id: unknown }>

/** What uses the line. Each part knows its own ids. */
export interface Part {
  /** Whether the frame was for this part. */
  answer(frame: AnswerFrame): boolean
  /** Hello was heard: frames may be sent. */
  up(): void
  /** The line broke, or an attempt failed. There will be another. */
  down(error: Disconnected): void
  /** There will be no other attempt by itself. */
  over(error: Refused | Disconnected): void
}

export class Line {
  readonly #open: () => WebSocketLike
  readonly #timing: Timing
  readonly #listeners = new Set<(state: ConnectionState) => void>()
  readonly #heartbeat: Heartbeat
  #parts: readonly Part[] = []
  #socket: WebSocketLike | undefined
  #state: ConnectionState = { tag: "connecting" }
  #lastId = 0
  #isClosed = false
  #cancel: () => void = () => {}

  constructor(open: () => WebSocketLike, timing: Timing) {
    this.#open = open
    this.#timing = timing
    this.#heartbeat = new Heartbeat(timing, {
      probe: () => this.send({ id: this.nextId(), call: "status", with: {} }),
      dead: () => this.#lose("the server does not answer"),
    })
  }

  start(parts: readonly Part[]): void {
    this.#parts = parts
    this.#attempt()
  }

  state(): ConnectionState {
    return this.#state
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  nextId(): number {
    return ++this.#lastId
  }

  isOpen(): boolean {
    return this.#state.tag === "open"
  }

  /** Why nothing can be asked now, not even later by itself; undefined while there is hope. */
  ending(): Refused | Disconnected | undefined {
    if (this.#isClosed) return new Disconnected("this connection was closed")
    if (this.#state.tag === "refused") return new Refused(this.#state.refusal)
    return undefined
  }

  /** To be called while open. Refused is what is too large, and everything while more than a whole frame is still unsent. */
  send(frame: ClientFrame): Refused | undefined {
    const text = JSON.stringify(frame)
    if (text.length * 3 > maxFrameBytes && new TextEncoder().encode(text).length > maxFrameBytes) {
      return new Refused({ tag: "FrameTooLarge", message: `That is more than ${maxFrameBytes / 1024 / 1024} MB; nothing was sent.` })
    }
    if (this.#socket === undefined || this.#socket.bufferedAmount > maxFrameBytes) {
      return new Refused({ tag: "Unavailable", message: "The server does not take what is sent to it; nothing was sent." })
    }
    this.#socket.send(text)
    return undefined
  }

  wake(): void {
    if (this.#isClosed) return
    if (this.isOpen()) return this.#heartbeat.check()
    if (this.#socket === undefined) this.#attempt()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#drop()
    this.#tell((part) => part.over(new Disconnected("this connection was closed")))
  }

  #attempt(): void {
    this.#cancel()
    this.#cancel = this.#timing.setTimer(helloMillis, () => this.#lose("the server did not say hello"))
    const socket = this.#open()
    this.#socket = socket
    socket.addEventListener("message", (event) => {
      if (this.#socket === socket) this.#hear(event.data)
    })
    const broke = () => {
      if (this.#socket === socket) this.#lose(this.isOpen() ? "the line broke" : "the server cannot be reached")
    }
    socket.addEventListener("close", broke)
    socket.addEventListener("error", broke)
  }

  #hear(data: unknown): void {
    const frame = readFrame(data)
    if (frame === undefined) return
    this.#heartbeat.beat()
    if ("hello" in frame) return this.#greet(frame.hello)
    if (frame.id === null && "error" in frame) return this.#complaint(frame.error)
    for (const part of this.#parts) if (part.answer(frame)) return
  }

  #greet(hello: Hello): void {
    if (hello.version !== rpcVersion) {
      const message = `The server speaks version ${hello.version}, this client version ${rpcVersion}: reload, or install the same version on both sides.`
      return this.#refuse({ tag: "WrongVersion", message })
    }
    this.#cancel()
    this.#heartbeat.start()
    this.#state = { tag: "open", hello }
    // Before listeners hear of it: what one of them asks for at once is then sent once, after all that waited.
    this.#tell((part) => part.up())
    this.#say()
  }

  /** An error about no frame of ours in particular: only these two mean the line itself. */
  #complaint(refusal: Refusal): void {
    if (refusal.tag === "Unauthorized" || refusal.tag === "WrongVersion") this.#refuse(refusal)
  }

  #refuse(refusal: Refusal): void {
    this.#drop()
    this.#become({ tag: "refused", refusal })
    this.#tell((part) => part.over(new Refused(refusal)))
  }

  #lose(why: string): void {
    const now = this.#timing.now()
    const before = this.#state
    this.#drop()
    const attempt = before.tag === "lost" ? before.attempt + 1 : 1
    const wait = retryMillis(attempt, this.#timing.random())
    this.#cancel = this.#timing.setTimer(wait, () => this.#attempt())
    this.#become({ tag: "lost", since: before.tag === "lost" ? before.since : now, attempt, retryAt: now + wait })
    this.#tell((part) => part.down(new Disconnected(why)))
  }

  #drop(): void {
    this.#cancel()
    this.#heartbeat.stop()
    const socket = this.#socket
    this.#socket = undefined
    socket?.close()
  }

  #become(state: ConnectionState): void {
    this.#state = state
    this.#say()
  }

  #say(): void {
    for (const listener of this.#listeners) listener(this.#state)
  }

  #tell(about: (part: Part) => void): void {
    for (const part of this.#parts) about(part)
  }
}

function readFrame(data: unknown): ServerFrame | undefined {
  if (typeof data !== "string") return undefined
  try {
    const value: unknown = JSON.parse(data)
    return isFrame(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** What is inside a frame is trusted: hello has told that both sides speak the same version. Nothing else checks it. */
function isFrame(value: unknown): value is ServerFrame {
  return typeof value === "object" && value !== null && ("hello" in value || "id" in value)
}
