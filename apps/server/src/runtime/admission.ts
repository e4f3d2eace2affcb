// Who may wake now: while memory is short, or as many sessions are awake as may be, a thread waits in line, and everybody can see it.
import { availableParallelism } from "node:os"
import type { ThreadId } from "@corral/contracts/ids"
import type { Admission as Place } from "@corral/contracts/runtime"
import { isHosted } from "@corral/domain/runtime/hosted"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import { Engine } from "../engine/engine.ts"
import { Listeners } from "../engine/listeners.ts"
import { AdmissionLine, type Asked, type Obstacle } from "./admission-line.ts"

/** A start uses a processor whole for a second or so: more of them at once make each of them late. */
const startsAtOnce = Math.max(4, availableParallelism())
/** How memory is tells nobody; so it is looked at while somebody waits for it. */
const lookEvery = "1 second"

/** What a thread wants in for: `isWanted` is asked again before it is let in. */
export interface Wish {
  readonly threadId: ThreadId
  readonly isWanted: () => boolean
}

export interface Room {
  /** Most sessions awake at once; 0: as many as memory allows. */
  readonly mostAwake: number
  /** Null: there is enough memory for one more. */
  readonly shortage: () => Obstacle | null
}

export class Admission extends Context.Service<
  Admission,
  {
    /** Runs `start` once the thread may wake; null where that is wanted no longer. Until `start` ends it counts as one that starts. */
    readonly through: <A, E, R>(wish: Wish, start: Effect.Effect<A, E, R>) => Effect.Effect<A | null, E, R>
    /** Its place in line; null: it stands in none. */
    readonly of: (threadId: ThreadId) => Place | null
    /** Those in line, the first one first. */
    readonly line: () => readonly ThreadId[]
    /** A person wants it in now. Not in line: nothing happens. */
    readonly now: (threadId: ThreadId) => Effect.Effect<void>
    /** How many idle sessions have to go for those in line, of which none is going yet. */
    readonly lacking: () => number
    /** Told when a place has changed. Gives back how to stop listening. */
    readonly onChange: (listener: (threadId: ThreadId) => void) => () => void
  }
>()("corral/Admission") {
  static readonly layer = (room: Room) =>
    Layer.effect(
      Admission,
      Effect.gen(function* () {
        const engine = yield* Engine
        const clock = yield* Clock.Clock
        const listeners = yield* Listeners.make<ThreadId>("admission")
        const changed = yield* Queue.sliding<void>(1)
        const line = new AdmissionLine({
          obstacle: (starting) => obstacleOf(engine, room, starting),
          tell: (threadIds) => {
            for (const threadId of new Set(threadIds)) listeners.tell(threadId)
            Queue.offerUnsafe(changed, undefined)
          },
        })
        const stop = engine.onCommit(() => line.look())
        yield* Effect.addFinalizer(() => Effect.sync(stop))
        yield* round(line, changed).pipe(Effect.forever, Effect.forkScoped)
        return Admission.of({
          through: (wish, start) => passage(line, { ...wish, since: clock.currentTimeMillisUnsafe() }, start),
          of: (threadId) => line.of(threadId),
          line: () => line.threadIds,
          now: (threadId) => Effect.sync(() => line.force(threadId)),
          lacking: () => (line.obstacle?.why === "cap" ? Math.max(0, line.length - goingOf(engine)) : 0),
          onChange: listeners.add,
        })
      }),
    )
}

const passage = <A, E, R>(line: AdmissionLine, wish: Omit<Asked, "open">, start: Effect.Effect<A, E, R>) =>
  Effect.acquireUseRelease(
    Effect.sync(() => {
      const opened = Deferred.makeUnsafe<boolean>()
      const asked: Asked = { ...wish, open: (isIn) => Deferred.doneUnsafe(opened, Effect.succeed(isIn)) }
      line.join(asked)
      return { asked, opened }
    }),
    ({ opened }) => Effect.flatMap(Deferred.await(opened), (isIn) => (isIn ? start : Effect.succeed(null))),
    ({ asked }) => Effect.sync(() => line.leave(asked)),
  )

/** Looks while somebody waits; asleep where nobody does. */
const round = (line: AdmissionLine, changed: Queue.Queue<void>) =>
  Effect.gen(function* () {
    if (line.length === 0) return yield* Queue.take(changed)
    yield* Effect.sleep(lookEvery)
    line.look()
  })

/** With nobody awake one is let in, however short memory is: others hold it then, and waiting would be for ever. */
const obstacleOf = (engine: Engine["Service"], { mostAwake, shortage }: Room, starting: ReadonlySet<ThreadId>): Obstacle | null => {
  if (starting.size >= startsAtOnce) return { why: "starts", now: starting.size, limit: startsAtOnce }
  const awake = new Set([...starting, ...hosted(engine).map(({ threadId }) => threadId)]).size
  if (awake === 0) return null
  return mostAwake > 0 && awake >= mostAwake ? { why: "cap", now: awake, limit: mostAwake } : shortage()
}

const hosted = (engine: Engine["Service"]) => [...engine.threads()].filter(({ runtime }) => isHosted(runtime))

const goingOf = (engine: Engine["Service"]): number => hosted(engine).filter(({ runtime }) => runtime.state === "stopping").length
