// Every process once a second while somebody watches; one look serves all who do, and nothing is looked at otherwise.
import type { Processes } from "@corral/contracts/tree"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import { Look } from "../../runtime/look.ts"
import { refusalOf } from "../refusal.ts"
import type { Feed, Outlet } from "./feed.ts"

const every = "1 second"

type Watcher = Outlet<Processes>

export class Vitals extends Context.Service<Vitals, { readonly watch: (watcher: Watcher) => () => void }>()("corral/Vitals") {}

/** Looks until the scope closes, whenever there is somebody to look for. */
export const watchVitals = Effect.gen(function* () {
  const watchers = new Set<Watcher>()
  const scope = yield* Effect.scope
  const sampling = yield* sample(watchers)
  let fiber: Fiber.Fiber<unknown> | undefined
  const watch = (watcher: Watcher) => {
    watchers.add(watcher)
    fiber ??= Effect.runSync(Effect.forkIn(sampling, scope))
    return () => {
      watchers.delete(watcher)
      if (watchers.size > 0) return
      fiber?.interruptUnsafe()
      fiber = undefined
    }
  }
  return Vitals.of({ watch })
})

/** A look that failed ends the streams with its reason: an old picture must not pass for the present. */
const sample = (watchers: Set<Watcher>) =>
  Effect.gen(function* () {
    const look = yield* Look
    const once = look.processes(null).pipe(
      Effect.tap((processes) => Effect.sync(() => watchers.forEach((watcher) => watcher.send(processes)))),
      Effect.catchTag("CannotLook", (failure) => Effect.sync(() => watchers.forEach((watcher) => watcher.end(refusalOf(failure))))),
    )
    return Effect.repeat(once, Schedule.spaced(every))
  })

/** Old looks are of no use: who was behind simply gets the next. */
export const vitalsStream = Effect.fnUntraced(function* (_: object, outlet: Outlet<Processes>) {
  const vitals = yield* Vitals
  return { fresh: Effect.void, close: vitals.watch(outlet) } satisfies Feed
})
