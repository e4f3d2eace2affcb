// A conversation with an agent over the port, as the conformance suite and adapter tests hold it: what was told, and waiting for more.
import { EventEmitter } from "node:events"
import { setImmediate } from "node:timers/promises"
import { ProviderId, ThreadId, TurnId } from "@corral/contracts/ids"
import type { Config } from "@corral/contracts/provider"
import type { Piece, Request } from "@corral/contracts/turn"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import type { HeldLine } from "../supervisor/supervisor.ts"
import type { AgentEvent, AgentFailed, AgentLine, Launch, ProviderPort, Session } from "./provider.ts"

/** A cold agent on a busy machine took 15 s to its first word. */
const deadlineMillis = 30_000

export interface Talker {
  readonly port: ProviderPort
  readonly cwd: string
  readonly launch: (launch: Launch) => Promise<HeldAgent>
}

/** A launched agent, whose pipes outlive the server that speaks with it. */
export interface HeldAgent {
  /** Gives the pipes to a server, from the bookmark on. Again: the line of the one before is dead. */
  readonly attach: () => Promise<HeldLine>
  /** The server that has them is lost. */
  readonly detach: () => void
}

const isSaid = (piece: Piece) => piece._tag === "text" || piece._tag === "thinking"

/** What a talk may begin with. */
export interface OpenTalk {
  readonly cursor: string | null
  readonly generation: number
}

interface TalkParts {
  readonly ear: Ear
  readonly session: Session
  readonly agent: HeldAgent | null
  readonly line: AgentLine | null
  /** That was running when the agent was taken over. */
  readonly turnId: TurnId | null
}

/** Where one server's session is heard. */
interface Ear {
  readonly generation: number
  readonly cursor: string | null
  readonly config: Config
  readonly events: AgentEvent[]
  /** Says `told` after each event. */
  readonly told: EventEmitter
  readonly scope: Scope.Closeable
  /** Nothing is on record any more. */
  isLost: boolean
}

type Of<T extends AgentEvent["_tag"]> = Extract<AgentEvent, { _tag: T }>

export class Talk {
  readonly session: Session
  readonly agent: HeldAgent | null
  readonly turnId: TurnId | null
  readonly #ear: Ear
  readonly #line: AgentLine | null
  #seen = 0

  constructor({ ear, session, agent, line, turnId }: TalkParts) {
    this.session = session
    this.agent = agent
    this.turnId = turnId
    this.#ear = ear
    this.#line = line
  }

  get events(): readonly AgentEvent[] {
    return this.#ear.events
  }

  get config(): Config {
    return this.#ear.config
  }

  get generation(): number {
    return this.#ear.generation
  }

  get pid(): number {
    return this.#line?.pid ?? 0
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
        if (found === undefined) return this.#ear.told.once("told", look)
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

  /** The server is killed: what it was told last is on record, and what it would do next nobody hears. The agent goes on. */
  async lose(): Promise<void> {
    // What waits for a record to be made goes on first.
    await setImmediate()
    this.#ear.isLost = true
    this.agent?.detach()
    await Effect.runPromise(Scope.close(this.#ear.scope, Exit.void))
  }

  async close(): Promise<void> {
    if (this.#ear.isLost) return
    await Effect.runPromise(this.session.goodbye.pipe(Effect.timeoutOption("1 second"), Effect.ignore))
    this.#line?.requestStop()
    await Effect.runPromise(Scope.close(this.#ear.scope, Exit.void))
  }
}

export async function openTalk(talker: Talker, { cursor = null, generation = 1 }: Partial<OpenTalk>): Promise<Talk> {
  const ear = earFor(talker, { cursor, generation })
  let agent: HeldAgent | null = null
  let line: AgentLine | null = null
  const launch = async (asked: Launch): Promise<AgentLine> => {
    agent = await talker.launch(asked)
    return (line = await agent.attach())
  }
  const session = await Effect.runPromise(
    talker.port.open({ ...specOf(talker, ear), launch: (asked) => Effect.promise(() => launch(asked)) }).pipe(Scope.provide(ear.scope)),
  )
  return new Talk({ ear, session, agent, line, turnId: null })
}

/** The next server takes the agent of a lost talk over. `events`: where it is told what comes, also when this fails. */
export async function takeOver(talker: Talker, lost: Talk, events: AgentEvent[] = []): Promise<Talk> {
  const { agent, generation } = lost
  if (agent === null) throw new Error("nothing was launched")
  const ear = { ...earFor(talker, { cursor: lost.cursor(), generation }), events }
  const line = await agent.attach()
  const { session, turnId } = await Effect.runPromise(
    talker.port.attach({ ...specOf(talker, ear), line, state: line.state, said: line.said }).pipe(Scope.provide(ear.scope)),
  )
  return new Talk({ ear, session, agent, line, turnId })
}

const earFor = ({ port }: Talker, { cursor, generation }: OpenTalk): Ear => ({
  generation,
  cursor,
  config: { provider: ProviderId.make(port.provider), model: null, effort: null, mode: "ask" },
  events: [],
  told: new EventEmitter().setMaxListeners(0),
  scope: Effect.runSync(Scope.make()),
  isLost: false,
})

const specOf = ({ cwd }: Talker, ear: Ear) => ({
  threadId: ThreadId.make("thr_conformance"),
  generation: ear.generation,
  cwd,
  config: ear.config,
  cursor: ear.cursor,
  tell: (event: AgentEvent) => {
    if (ear.isLost) return
    ear.events.push(event)
    ear.told.emit("told")
  },
  recorded: () => Promise.resolve(),
})
