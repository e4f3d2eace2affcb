// What no event tells of a thread, from all who look: whether its turn is stalled, its place in line, how much its session holds.
import type { ThreadId } from "@corral/contracts/ids"
import type { Sight } from "@corral/contracts/runtime"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Admission } from "./admission.ts"
import { Ceiling } from "./ceiling.ts"
import { LiveSessions } from "./live.ts"
import { Stalls } from "./stalls.ts"

export class Sights extends Context.Service<
  Sights,
  {
    readonly of: (threadId: ThreadId) => Sight
    /** A person has seen it and waits on: the clock of a stalled turn begins anew, a session over its memory limit goes on. */
    readonly waitOn: (threadId: ThreadId) => Effect.Effect<void>
    /** Told when the sight of a thread has changed. Gives back how to stop listening. */
    readonly onChange: (listener: (threadId: ThreadId) => void) => () => void
  }
>()("corral/Sights") {
  static readonly layer = Layer.effect(
    Sights,
    Effect.gen(function* () {
      const [stalls, admission, ceiling, live] = [yield* Stalls, yield* Admission, yield* Ceiling, yield* LiveSessions]
      return Sights.of({
        of: (threadId) => {
          const [stalled, place, heavy] = [stalls.of(threadId), admission.of(threadId), ceiling.of(threadId)]
          return { ...(stalled && { stalled }), ...(place && { admission: place }), ...(heavy && { heavy }) }
        },
        waitOn: (threadId) =>
          Effect.gen(function* () {
            yield* stalls.waitOn(threadId)
            yield* ceiling.waitOn(threadId)
            // The adapter counts too: it ends turns in which nothing comes for very long.
            yield* live.get(threadId)?.session.waitOn ?? Effect.void
          }),
        onChange: (listener) => {
          const stops = [stalls, admission, ceiling].map((looks) => looks.onChange(listener))
          return () => stops.forEach((stop) => stop())
        },
      })
    }),
  )
}
