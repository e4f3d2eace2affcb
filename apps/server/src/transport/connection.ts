// One client: its calls under way, its streams, and how much of either it may have.
import type { ClientFrame, Refusal } from "@corral/contracts/rpc"
import * as Cause from "effect/Cause"
import type * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import type { RawData, WebSocket } from "ws"
import type { Caller } from "./auth.ts"
import { bad, readFrame } from "./frame.ts"
import { methods, type Services } from "./methods.ts"
import { Outbound } from "./outbound.ts"
import { refusalOf, type Failure } from "./refusal.ts"
import type { Feed, Outlet } from "./streams/feed.ts"
import type { Vitals } from "./streams/vitals.ts"
import { watches } from "./watches.ts"

/** More are not read from the socket until some are answered. */
const maxUnderway = 512
/** An app has a handful open; every open thread is one. */
const maxStreams = 64

type Work<A> = Effect.Effect<A, Failure, Services | Vitals>

/** What a connection needs of the server. */
export interface Ground {
  readonly fork: <A>(work: Work<A>) => Fiber.Fiber<A, Failure>
  /** In one step; what would have to wait is a defect. */
  readonly now: <A>(work: Work<A>) => Exit.Exit<A, Failure>
  readonly report: (doing: string, cause: Cause.Cause<unknown>) => void
}

/** `feed` is missing while it is being opened. `isStale`: something was dropped. */
interface Stream {
  feed: Feed | undefined
  isStale: boolean
}

export class Connection {
  readonly #socket: WebSocket
  readonly #ground: Ground
  readonly #caller: Caller
  readonly #outbound: Outbound
  readonly #underway = new Map<number, Fiber.Fiber<unknown, Failure>>()
  readonly #streams = new Map<number, Stream>()
  #sign = true
  #unsent = 0

  constructor(socket: WebSocket, ground: Ground, caller: Caller) {
    this.#socket = socket
    this.#ground = ground
    this.#caller = caller
    this.#outbound = new Outbound(socket, () => this.#caughtUp())
    socket.on("message", (content, isBinary) => this.#take(content, isBinary))
    socket.on("pong", () => void (this.#sign = true))
    socket.on("close", () => this.#close())
  }

  /** Asks for a sign of life; a client that gave none since the last time, and took nothing either, is let go of. */
  beat(): void {
    const { bufferedAmount } = this.#socket
    if (!this.#sign && bufferedAmount >= this.#unsent) return this.#socket.terminate()
    this.#sign = false
    this.#unsent = bufferedAmount
    this.#socket.ping()
  }

  #take(content: RawData, isBinary: boolean): void {
    this.#sign = true
    const frame = isBinary ? bad(null, "Frames are JSON text, not binary.") : readFrame(textOf(content))
    if ("error" in frame) return this.#outbound.send(frame)
    this.#obey(frame)
    this.#flow()
  }

  #obey(frame: ClientFrame): void {
    if ("unwatch" in frame) return this.#endStream(frame.id, null)
    if (this.#underway.has(frame.id) || this.#streams.has(frame.id))
      return this.#refuse(frame.id, bad(null, `Id ${frame.id} is in use.`).error)
    if ("call" in frame) return this.#call(frame)
    this.#watch(frame)
  }

  #call({ id, call, with: payload }: Extract<ClientFrame, { call: string }>): void {
    const method = isKey(methods, call) ? methods[call] : undefined
    if (method === undefined) return this.#refuse(id, { tag: "UnknownMethod", message: `There is no call ${call}.` })
    const fiber = this.#ground.fork(method(payload, this.#caller))
    this.#underway.set(id, fiber)
    fiber.addObserver((exit) => {
      this.#underway.delete(id)
      if (Exit.isSuccess(exit)) this.#outbound.send({ id, ok: exit.value })
      else this.#refuse(id, this.#refusalOf(call, exit.cause))
      this.#flow()
    })
  }

  #watch({ id, watch, with: payload }: Extract<ClientFrame, { watch: string }>): void {
    const open = isKey(watches, watch) ? watches[watch] : undefined
    if (open === undefined) return this.#refuse(id, { tag: "UnknownMethod", message: `There is no stream ${watch}.` })
    if (this.#streams.size >= maxStreams) {
      return this.#refuse(id, { tag: "Unavailable", message: `One connection may have ${maxStreams} streams. End one first.` })
    }
    const stream: Stream = { feed: undefined, isStale: false }
    this.#streams.set(id, stream)
    const exit = this.#ground.now(open(payload, this.#outlet(id, stream)))
    if (Exit.isSuccess(exit)) return void (stream.feed = exit.value)
    this.#streams.delete(id)
    this.#refuse(id, this.#refusalOf(watch, exit.cause))
  }

  #outlet(id: number, stream: Stream): Outlet<unknown> {
    return {
      send: (item) => {
        if (this.#outbound.isBehind || stream.isStale) stream.isStale = true
        else if (this.#streams.has(id)) this.#outbound.send({ id, item })
      },
      end: (refusal) => this.#endStream(id, refusal),
    }
  }

  #caughtUp(): void {
    for (const [id, stream] of this.#streams) {
      if (!stream.isStale || stream.feed === undefined) continue
      stream.isStale = false
      const exit = this.#ground.now(stream.feed.fresh)
      if (Exit.isFailure(exit)) this.#endStream(id, this.#refusalOf("a fresh start", exit.cause))
    }
    this.#flow()
  }

  #endStream(id: number, refusal: Refusal | null): void {
    const stream = this.#streams.get(id)
    this.#streams.delete(id)
    stream?.feed?.close()
    this.#outbound.send({ id, end: refusal })
  }

  #refuse(id: number, error: Refusal): void {
    this.#outbound.send({ id, error })
  }

  #refusalOf(doing: string, cause: Cause.Cause<Failure>): Refusal {
    const failed = cause.reasons.find(Cause.isFailReason)
    if (failed !== undefined) return refusalOf(failed.error)
    if (Cause.hasInterruptsOnly(cause)) return { tag: "Unavailable", message: "The server is about to end. Try again when it is back." }
    this.#ground.report(doing, cause)
    return { tag: "Defect", message: `The server made a mistake in ${doing}; it is written in its log.` }
  }

  /** Reads on or not: a client that does not take its answers may not ask for more. */
  #flow(): void {
    if (this.#outbound.isBehind || this.#underway.size >= maxUnderway) this.#socket.pause()
    else if (this.#socket.isPaused) this.#socket.resume()
  }

  /** Orders that were taken are carried out all the same; nobody waits for the rest. */
  #close(): void {
    for (const { feed } of this.#streams.values()) feed?.close()
    this.#streams.clear()
    for (const fiber of this.#underway.values()) fiber.interruptUnsafe()
  }
}

const isKey = <T extends object>(table: T, key: PropertyKey): key is keyof T => Object.hasOwn(table, key)

const textOf = (content: RawData): string =>
  Array.isArray(content)
    ? Buffer.concat(content).toString()
    : Buffer.isBuffer(content)
      ? content.toString()
      : Buffer.from(content).toString()
