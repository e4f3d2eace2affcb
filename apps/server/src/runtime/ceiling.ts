// How much memory one session may hold: who comes near is shown, who is over it is stopped, and a person who is there is asked before.
import type { ThreadId } from "@corral/contracts/ids"
import type { Heavy } from "@corral/contracts/runtime"
import { isHosted } from "@corral/domain/runtime/hosted"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Engine } from "../engine/engine.ts"
import { Listeners } from "../engine/listeners.ts"
import { Supervisor } from "../supervisor/supervisor.ts"
import { HeavyTrees, type Weight } from "./heavy-trees.ts"
import { parseSessionId } from "./session-id.ts"
import { Skips } from "./skips.ts"

/** A look costs some ms. An agent that takes 1 GB a second is over by 2 GB when it is seen. */
const lookEvery = "2 seconds"

export class Ceiling extends Context.Service<
  Ceiling,
  {
    /** Null: it holds little, or there is no limit. */
    readonly of: (threadId: ThreadId) => Heavy | null
    /** A person waits on: it may hold what it holds, and more, for as long as it is awake. Not over: nothing happens. */
    readonly waitOn: (threadId: ThreadId) => Effect.Effect<void>
    /** Told at every look at a heavy session, and when it is so no longer. Who listens can show it to a person, who can then be asked. */
    readonly onChange: (listener: (threadId: ThreadId) => void) => () => void
  }
>()("corral/Ceiling") {
  /** `limitBytes`: the most that one session may hold; 0: as much as it wants. */
  static readonly layer = (limitBytes: number) =>
    Layer.effect(
      Ceiling,
      Effect.gen(function* () {
        const listeners = yield* Listeners.make<ThreadId>("the ceiling")
        const heavy = new HeavyTrees(limitBytes, (threadIds) => {
          for (const threadId of new Set(threadIds)) listeners.tell(threadId)
        })
        const skips = new Skips(yield* Clock.Clock)
        const look = Effect.suspend(() => {
          heavy.shift(skips.take())
          return weighAll(heavy, !listeners.isEmpty)
        })
        if (limitBytes > 0) yield* Effect.sleep(lookEvery).pipe(Effect.andThen(look), Effect.forever, Effect.forkScoped)
        return Ceiling.of({
          of: (threadId) => heavy.of(threadId),
          waitOn: (threadId) => Effect.sync(() => heavy.waitOn(threadId)),
          onChange: listeners.add,
        })
      }),
    )
}

/** Nobody is awake: nothing is looked at. What could not be seen now is looked at again. */
const weighAll = (heavy: HeavyTrees, isSomebodyThere: boolean) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    if (![...engine.threads()].some(({ runtime }) => isHosted(runtime))) return void heavy.seen([], 0, false)
    const { trees } = yield* (yield* Supervisor).ask("trees", { memory: true })
    const weights = trees.map(({ treeId, sessions, memoryBytes }) => ({
      treeId,
      threadIds: sessions.flatMap((session) => parseSessionId(session)?.threadId ?? []),
      bytes: memoryBytes,
    }))
    const now = yield* Clock.currentTimeMillis
    yield* Effect.forEach(heavy.seen(weights, now, isSomebodyThere), stop, { discard: true })
  }).pipe(Effect.catch((error) => Effect.logWarning(`memory could not be weighed: ${error.message}`)))

const stop = ({ threadIds }: Weight) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    for (const threadId of threadIds) {
      const generation = engine.thread(threadId)?.runtime.generation
      if (generation !== undefined) yield* engine.record({ _tag: "runtime.limit", threadId, generation })
    }
  })
