// What an agent tells becomes facts of its thread, in order; live text passes at once and is never stored.
import type { HandCommand } from "@corral/contracts/command"
import type { ThreadId } from "@corral/contracts/ids"
import type { Piece } from "@corral/contracts/turn"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import { Engine } from "../engine/engine.ts"
import type { AgentEvent } from "../provider/provider.ts"
import { Providers } from "../provider/providers.ts"

interface Origin {
  readonly threadId: ThreadId
  readonly generation: number
}

/** Pieces of one commit: what came while the last commit was at work, bounded so that one commit stays short. */
const maxPieces = 256

/** Who waits for everything before it to be on record. */
interface Mark {
  readonly _tag: "mark"
  readonly reached: () => void
}

export interface Ingest {
  readonly tell: (event: AgentEvent) => void
  /** Resolves when everything told so far is durable; never where it could not be kept. */
  readonly recorded: () => Promise<void>
  /** Nothing that is told from now on is taken in: the next server will hear it. Letting go would else close what is open. */
  readonly handOver: () => void
}

/** Takes in what a session tells; facts are recorded by a fibre of the session's scope. */
export const ingest = Effect.fn("runtime.ingest")(function* (origin: Origin) {
  const engine = yield* Engine
  const providers = yield* Providers
  // Not bounded by count: a commit takes what waits as one, and the supervisor's window bounds what an agent can have under way.
  const facts = yield* Queue.unbounded<Fact | Mark>()
  const record = (events: readonly (Fact | Mark)[]) =>
    Effect.forEach(commands(origin, events.filter(isFact)), (command) => engine.record(command), { discard: true }).pipe(
      Effect.tap(() => Effect.sync(() => events.forEach((event) => event._tag === "mark" && event.reached()))),
    )
  // What was told before the session was let go of is recorded before that is done.
  yield* Effect.addFinalizer(() => Queue.clear(facts).pipe(Effect.flatMap(record), Effect.ignore))
  const turn = Effect.uninterruptibleMask((restore) => restore(Queue.takeAll(facts)).pipe(Effect.flatMap(record)))
  yield* turn.pipe(Effect.forever, Effect.forkScoped)
  let isHandedOver = false
  const tell = (event: AgentEvent): void => {
    if (isHandedOver) return
    if (event._tag === "live") return engine.live(origin.threadId, [event.live])
    if (event._tag === "models") {
      const provider = engine.thread(origin.threadId)?.config.provider
      return provider === undefined ? undefined : providers.learn(provider, event.models)
    }
    Queue.offerUnsafe(facts, event)
  }
  const ingest: Ingest = {
    tell,
    handOver: () => void (isHandedOver = true),
    recorded: () => new Promise((reached) => Queue.offerUnsafe(facts, { _tag: "mark", reached })),
  }
  return ingest
})

const isFact = (event: Fact | Mark): event is Fact => event._tag !== "mark"

type Fact = Exclude<AgentEvent, { _tag: "live" } | { _tag: "models" }>

/** Neighbouring pieces share a command; everything else keeps its place between them. */
const commands = (origin: Origin, events: readonly Fact[]): readonly HandCommand[] => {
  const out: HandCommand[] = []
  let pieces: Piece[] = []
  const flush = () => {
    if (pieces.length > 0) out.push({ _tag: "turn.record", ...origin, pieces })
    pieces = []
  }
  for (const event of events) {
    if (event._tag === "piece") {
      pieces.push(event.piece)
      if (pieces.length >= maxPieces) flush()
      continue
    }
    flush()
    out.push(factOf(origin, event))
  }
  flush()
  return out
}

const factOf = (origin: Origin, event: Exclude<Fact, { _tag: "piece" }>): HandCommand => {
  switch (event._tag) {
    case "session":
      return { _tag: "runtime.record-session", ...origin, cursor: event.cursor }
    case "request":
      return { _tag: "turn.record-request", ...origin, request: event.request }
    case "withdrawn":
      return { _tag: "turn.record-withdrawn", ...origin, requestId: event.requestId }
    case "background":
      return { _tag: "runtime.record-background", ...origin, background: event.background }
    case "ended":
      return { _tag: "turn.complete", ...origin, turnId: event.turnId, outcome: event.outcome, error: event.error, usage: event.usage }
  }
}
