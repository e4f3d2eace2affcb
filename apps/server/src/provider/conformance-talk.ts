// A conversation with an agent over the port, as the conformance suite and adapter tests hold it: what was told, and waiting for more.
import { EventEmitter } from "node:events"
import { ProviderId, ThreadId, TurnId } from "@corral/contracts/ids"
import type { Config } from "@corral/contracts/provider"
import type { Piece, Request } from "@corral/contracts/turn"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import type { AgentEvent, AgentFailed, AgentLine, Launch, ProviderPort, Session } from "./provider.ts"

/** A cold agent on a busy machine took 15 s to its first word. */
const deadlineMillis = 30_000

export interface Talker {
  readonly port: ProviderPort
  readonly cwd: string
  readonly launch: (launch: Launch) => Promise<AgentLine>
}

const isSaid = (piece: Piece) => piece._tag === "text" || piece._tag === "thinking"

/** What a talk may begin with. */
export interface OpenTalk {
  readonly cursor: string | null
  readonly generation: number
}

interface TalkParts {
  readonly events: AgentEvent[]
  readonly session: Session
  readonly config: Config
  readonly scope: Scope.Closeable
  readonly line: () => AgentLine | null
  /** Says `told` after each event. */
  readonly told: EventEmitter
}

type Of<T extends AgentEvent["_tag"]> = Extract<AgentEvent, { _tag: T }>

export class Talk {
  readonly events: AgentEvent[]
  readonly session: Session
  readonly config: Config
  readonly #scope: Scope.Closeable
  readonly #line: () => AgentLine | null
  readonly #told: EventEmitter
  #seen = 0

  constructor(parts: TalkParts) {
    this.events = parts.events
    this.session = parts.session
    this.config = parts.config
    this.#scope = parts.scope
    this.#line = parts.line
    this.#told = parts.told
  }

  get pid(): number {
    return this.#line()?.pid ?? 0
  }

  run<A>(verb: Effect.Effect<A, AgentFailed>): Promise<A> {
    return Effect.runPromise(verb)
  }

  async start(prompt: string): Promise<TurnId> {
    const turnId = TurnId.make(`trn_${crypto.randomUUID()}`)
    this.#seen = this.events.length
    await this.run(this.session.start(turnId, prompt))
    return turnId
  }

  /** The first one since the turn began. */
  until<T extends AgentEvent["_tag"]>(tag: T): Promise<Of<T>> {
    const since = () => this.events.slice(this.#seen)
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(() => reject(new Error(`no "${tag}" in time; told: ${JSON.stringify(since())}`)), deadlineMillis)
      const look = () => {
        const found = since().find((event): event is Of<T> => event._tag === tag)
        if (found === undefined) return this.#told.once("told", look)
        clearTimeout(tooLate)
        resolve(found)
      }
      look()
    })
  }

  async request(): Promise<Request> {
    return (await this.until("request")).request
  }

  answer(request: Request, decision: "allow" | "always" | "deny"): Promise<void> {
    return this.run(this.session.answer(request.requestId, { decision, text: null, answers: {} }))
  }

  of<T extends AgentEvent["_tag"]>(tag: T): readonly Of<T>[] {
    return this.events.filter((event): event is Of<T> => event._tag === tag)
  }

  pieces(): readonly Piece[] {
    return this.of("piece").map(({ piece }) => piece)
  }

  text(): string {
    return this.pieces()
      .map((piece) => (piece._tag === "text" ? piece.text : ""))
      .join("")
  }

  liveText(): string {
    return this.of("live")
      .map(({ live }) => (live.kind === "text" ? live.text : ""))
      .join("")
  }

  outputs(): string {
    return this.pieces()
      .flatMap((piece) => (piece._tag === "tool-ended" ? [piece.output] : []))
      .join("\n")
  }

  /** The last tool. */
  tool() {
    const started = this.pieces().findLast((piece) => piece._tag === "tool-started")
    const ended = this.pieces().findLast((piece) => piece._tag === "tool-ended" && piece.itemId === started?.itemId)
    return { started, ended: ended?._tag === "tool-ended" ? ended : undefined }
  }

  /** Rows and tools that were begun and never ended. */
  unclosedRows(): readonly string[] {
    const open = new Set<string>()
    for (const piece of this.pieces()) {
      const isClosed = piece._tag === "tool-ended" || (isSaid(piece) && piece.done)
      const isOpened = piece._tag === "tool-started" || isSaid(piece)
      if (isClosed) open.delete(piece.itemId)
      else if (isOpened) open.add(piece.itemId)
    }
    return [...open]
  }

  cursor(): string {
    return this.of("session").at(-1)?.cursor ?? ""
  }

  async close(): Promise<void> {
    await Effect.runPromise(this.session.goodbye.pipe(Effect.timeoutOption("1 second"), Effect.ignore))
    this.#line()?.requestStop()
    await Effect.runPromise(Scope.close(this.#scope, Exit.void))
  }
}

export async function openTalk(talker: Talker, { cursor = null, generation = 1 }: Partial<OpenTalk>): Promise<Talk> {
  const events: AgentEvent[] = []
  const told = new EventEmitter().setMaxListeners(0)
  const scope = Effect.runSync(Scope.make())
  const config: Config = { provider: ProviderId.make(talker.port.provider), model: null, effort: null, mode: "ask" }
  let line: AgentLine | null = null
  const session = await Effect.runPromise(
    talker.port
      .open({
        threadId: ThreadId.make("thr_conformance"),
        generation,
        cwd: talker.cwd,
        config,
        cursor,
        launch: (launch) => Effect.promise(async () => (line = await talker.launch(launch))),
        tell: (event) => {
          events.push(event)
          told.emit("told")
        },
        recorded: () => Promise.resolve(),
      })
      .pipe(Scope.provide(scope)),
  )
  return new Talk({ events, session, config, scope, line: () => line, told })
}
