// For tests of what stands on a connection: a server that answers calls by a table, tells its streams, goes away and comes back.
import { rpcVersion } from "@corral/contracts/limits"
import type { Calls, Hello, Method, Refusal, StreamName, Streams } from "@corral/contracts/rpc"
import { connect, type Connection } from "./connect.ts"
import { Refused } from "./errors.ts"
import type { SocketEvent, WebSocketLike } from "./socket.ts"

/** What throws `Refused` is answered by that refusal; what is not in the table is refused as unknown. */
export type Answers = { [M in Method]?: (takes: Calls[M]["takes"]) => Calls[M]["gives"] | Promise<Calls[M]["gives"]> }

interface Asked {
  readonly id: number
  readonly call?: Method
  readonly watch?: StreamName
  /** As a client made it, so that it fits whatever the table takes. */
  readonly with: never
}

export class StandIn {
  readonly answers: Answers
  readonly connection: Connection
  /** In the order in which they came: `threads`, `watch shell`. */
  readonly asked: string[] = []
  #socket: Socket | undefined
  #isThere = true
  #starts = 0

  constructor(answers: Answers = {}) {
    this.answers = answers
    this.connection = connect({ open: () => this.#accept(), random: () => 0.5, now: () => Date.now() })
  }

  /** To everybody who watches now. */
  tell<S extends StreamName>(stream: S, item: Streams[S]["item"]): void {
    for (const id of this.#watching(stream)) this.#socket?.says({ id, item })
  }

  end(stream: StreamName, refusal: Refusal | null): void {
    for (const id of this.#watching(stream)) {
      this.#socket?.watched.delete(id)
      this.#socket?.says({ id, end: refusal })
    }
  }

  isWatched(stream: StreamName): boolean {
    return this.#watching(stream).length > 0
  }

  goAway(): void {
    this.#isThere = false
    this.#socket?.breaks()
  }

  comeBack(): void {
    this.#isThere = true
    this.connection.wake()
  }

  /** Not signed in, from the next hello on. */
  turnAway(refusal: Refusal): void {
    this.#socket?.says({ id: null, error: refusal })
  }

  #watching(stream: StreamName): readonly number[] {
    return [...(this.#socket?.watched ?? [])].flatMap(([id, name]) => (name === stream ? [id] : []))
  }

  #accept(): WebSocketLike {
    const socket = new Socket((asked) => this.#hear(socket, asked))
    this.#socket = socket
    const hello: Hello = { version: rpcVersion, server: "0.1.0", epoch: `epoch ${++this.#starts}`, startedAt: this.#starts }
    queueMicrotask(() => (this.#isThere ? socket.says({ hello }) : socket.breaks()))
    return socket
  }

  #hear(socket: Socket, { id, call, watch, with: takes }: Asked): void {
    if (call === undefined && watch === undefined) return void socket.watched.delete(id)
    this.asked.push(call ?? `watch ${watch}`)
    if (watch !== undefined) return void socket.watched.set(id, watch)
    if (call === undefined) return
    this.#answer(call, takes).then(
      (ok) => socket.says({ id, ok }),
      (cause: unknown) => socket.says({ id, error: refusalOf(cause) }),
    )
  }

  async #answer(call: Method, takes: never): Promise<unknown> {
    const answer = this.answers[call]
    if (answer === undefined) throw new Refused({ tag: "UnknownMethod", message: `There is no call ${call} here.` })
    return answer(takes)
  }
}

class Socket implements WebSocketLike {
  readonly bufferedAmount = 0
  readonly watched = new Map<number, StreamName>()
  readonly #hear: (asked: Asked) => void
  readonly #listeners: { readonly type: string; readonly listener: (event: SocketEvent) => void }[] = []

  constructor(hear: (asked: Asked) => void) {
    this.#hear = hear
  }

  send(text: string): void {
    this.#hear(JSON.parse(text))
  }

  close(): void {
    this.watched.clear()
  }

  addEventListener(type: string, listener: (event: SocketEvent) => void): void {
    this.#listeners.push({ type, listener })
  }

  /** Given up by its owner, or broken: what is said then is heard by nobody. */
  says(frame: unknown): void {
    this.#happen({ type: "message", data: JSON.stringify(frame) })
  }

  breaks(): void {
    this.watched.clear()
    this.#happen({ type: "close" })
  }

  #happen(event: SocketEvent): void {
    for (const { type, listener } of this.#listeners) if (type === event.type) listener(event)
  }
}

const refusalOf = (cause: unknown): Refusal =>
  cause instanceof Refused ? { tag: cause.tag, message: cause.message } : { tag: "Defect", message: String(cause) }
