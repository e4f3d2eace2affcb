// Which running turns show no sign of work. Shown, never acted on: a person waits on, or stops. Lives and dies with the server.
import type { ThreadId } from "@corral/contracts/ids"
import type { Stalled } from "@corral/contracts/runtime"
import type { TreeReport } from "@corral/contracts/tree"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import { Engine } from "../engine/engine.ts"
import { Listeners } from "../engine/listeners.ts"
import { Supervisor } from "../supervisor/supervisor.ts"
import { RunningTurns } from "./running-turns.ts"
import { Skips } from "./skips.ts"

/** With no turn at all the fibre looks again after this; commits wake it long before. */
const longest = Duration.hours(1)

export class Stalls extends Context.Service<
  Stalls,
  {
    /** What is known of the thread's turn; null: it is not stalled, or none runs. */
    readonly of: (threadId: ThreadId) => Stalled | null
    /** The clock of its turn begins anew. */
    readonly waitOn: (threadId: ThreadId) => Effect.Effect<void>
    /** A look that was made for other reasons. */
    readonly seen: (report: TreeReport) => void
    /** Told when a thread is stalled, is so no longer, or was looked at again. Gives back how to stop listening. */
    readonly onChange: (listener: (threadId: ThreadId) => void) => () => void
  }
>()("corral/Stalls") {
  /** `stallMillis`: for how long there may be no sign of work; 0: for ever. */
  static readonly layer = (stallMillis: number) =>
    Layer.effect(
      Stalls,
      Effect.gen(function* () {
        const clock = yield* Clock.Clock
        const skips = new Skips(clock)
        const listeners = yield* Listeners.make<ThreadId>("stalls")
        const turns = new RunningTurns(stallMillis, listeners.tell)
        const now = () => {
          const at = clock.currentTimeMillisUnsafe()
          // While the machine was suspended nobody could work, and a clock that was set measures nothing.
          if (skips.take() !== 0) turns.beginAnew(at)
          return at
        }
        const changed = yield* Queue.sliding<void>(1)
        yield* follow({ turns, now, changed })
        yield* round({ turns, now, changed }).pipe(Effect.forever, Effect.forkScoped)
        return Stalls.of({
          of: (threadId) => turns.stalled(threadId),
          waitOn: (threadId) => Effect.sync(() => turns.waitOn(threadId, now())),
          seen: (report) => {
            now()
            turns.seen(report)
          },
          onChange: listeners.add,
        })
      }),
    )
}

interface Watch {
  readonly turns: RunningTurns
  readonly now: () => number
  readonly changed: Queue.Queue<void>
}

/** Which turns run, and what comes from their agents. */
const follow = ({ turns, now, changed }: Watch) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const supervisor = yield* Supervisor
    for (const thread of engine.threads()) turns.note(thread, now())
    const stops = [
      engine.onCommit(({ threads }) => {
        for (const thread of threads) turns.note(thread, now())
        Queue.offerUnsafe(changed, undefined)
      }),
      supervisor.onTold((told) => {
        if (told._tag === "line") turns.heard(told.treeId, now())
      }),
    ]
    yield* Effect.addFinalizer(() => Effect.sync(() => stops.forEach((stop) => stop())))
  })

/** Sleeps until a turn was silent for long enough, or a commit, and looks once for all that are due. */
const round = ({ turns, now, changed }: Watch) =>
  Effect.gen(function* () {
    const wait = Number.isFinite(turns.due) ? Duration.millis(Math.max(0, turns.due - now())) : longest
    yield* Queue.take(changed).pipe(Effect.timeoutOption(Duration.min(wait, longest)))
    if (turns.due > now()) return
    const supervisor = yield* Supervisor
    // A supervisor that cannot be asked now is asked again; meanwhile nothing is claimed.
    yield* supervisor.ask("trees", { memory: true }).pipe(Effect.map(turns.seen.bind(turns)), Effect.ignore)
    turns.missed(now())
  })
