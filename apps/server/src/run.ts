// One run of the server: what was left is held against reality, then the doors open, until somebody asks it to end.
import type { Calls } from "@corral/contracts/rpc"
import { version } from "@corral/contracts/version"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { aboutSupervisor } from "./about-supervisor.ts"
import { Deliver } from "./engine/deliver.ts"
import { Engine } from "./engine/engine.ts"
import { floors, webRoot } from "./floors.ts"
import { Providers } from "./provider/providers.ts"
import { hibernateIdle } from "./runtime/hibernate.ts"
import { LiveSessions } from "./runtime/live.ts"
import { MemoryHistory } from "./runtime/memory-history.ts"
import { memoryShortage } from "./runtime/memory-gauge.ts"
import { relieveMemory } from "./runtime/relieve.ts"
import { shutdownRuntimes } from "./runtime/shutdown.ts"
import { sweepAtStart } from "./runtime/sweep.ts"
import type { Settings } from "./settings.ts"
import { Supervisor } from "./supervisor/supervisor.ts"
import { Telemetry } from "./telemetry.ts"
import { serve, type Served } from "./transport/serve.ts"
import { Server } from "./transport/server.ts"

type Wish = Calls["shutdown"]["takes"]

/** The answer to the wish must reach its client before the doors close. */
const partingTime = "150 millis"

export interface Run {
  readonly settings: Settings
  /** `notices`: what is not as it was asked for. */
  readonly onReady: (served: Served, notices: readonly string[]) => void
  /** Signals of the system; gives the wish that a signal means. */
  readonly signalled: Effect.Effect<Wish>
}

export const run = ({ settings, onReady, signalled }: Run) =>
  Effect.gen(function* () {
    yield* sweepAtStart()
    yield* tellProviders
    yield* (yield* Deliver).start
    const over = yield* Deferred.make<void>()
    const end = yield* endOnce(over)
    const served = yield* serve({ port: settings.port, host: settings.host, root: webRoot }).pipe(
      Effect.provideServiceEffect(Server, aboutServer(settings, end)),
    )
    const lost = [(yield* MemoryHistory).problem()].filter((problem) => problem !== null)
    onReady(served, [...aboutSupervisor((yield* Supervisor).hello(), settings.tier), ...lost])
    yield* signalled.pipe(
      Effect.flatMap((wish) => end(wish, "server signal")),
      Effect.forkScoped,
    )
    yield* Deferred.await(over)
    yield* Effect.sleep(partingTime)
  }).pipe(
    Effect.provide(Layer.provideMerge(Layer.merge(residency(settings), Telemetry.layer(settings.otlp)), floors(settings))),
    Effect.scoped,
  )

/** Who may stay awake, and for how long. */
const residency = ({ idleMillis, memoryFloorPercent }: Settings) =>
  Layer.mergeAll(hibernateIdle(idleMillis), relieveMemory({ idleMillis, isShort: () => memoryShortage(memoryFloorPercent) !== null }))

/** What decisions know of the agents follows what is found on the machine. */
const tellProviders = Effect.gen(function* () {
  const engine = yield* Engine
  const providers = yield* Providers
  engine.setProviders(providers.known())
  yield* Effect.acquireRelease(
    Effect.sync(() => providers.onChange(engine.setProviders)),
    (stop) => Effect.sync(stop),
  )
})

/** However many ask, and however often: one end, and the same answer for all. A supervisor that cannot be asked ends by its own hold. */
const endOnce = (over: Deferred.Deferred<void>) =>
  Effect.gen(function* () {
    const context = yield* Effect.context<Effect.Services<ReturnType<typeof shutdownRuntimes>>>()
    const live = yield* LiveSessions
    const first = yield* Deferred.make<Calls["shutdown"]["gives"]>()
    let asked = false
    return (wish: Wish, askedBy: string) =>
      Effect.gen(function* () {
        if (asked) return yield* Deferred.await(first)
        asked = true
        const left = yield* shutdownRuntimes(wish, askedBy).pipe(
          Effect.provideContext(context),
          Effect.catch((error) => Effect.as(Effect.logError(error.message), { stopped: 0, left: live.all().length })),
        )
        yield* Deferred.succeed(first, left)
        yield* Deferred.succeed(over, undefined)
        return left
      }).pipe(Effect.uninterruptible)
  })

const aboutServer = (settings: Settings, shutdown: Server["Service"]["shutdown"]) =>
  Effect.gen(function* () {
    const deliver = yield* Deliver
    const supervisor = yield* Supervisor
    const telemetry = yield* Telemetry
    const history = yield* MemoryHistory
    const debts = () => deliver.pending().filter(({ error }) => error !== null)
    const problems = () => [
      ...aboutSupervisor(supervisor.hello(), settings.tier),
      ...[telemetry.problem(), history.problem()].filter((problem) => problem !== null),
      ...debts().map(
        ({ intent, attempts, error }) => `${intent._tag} for thread ${intent.threadId} is owed after ${attempts} attempts: ${error}`,
      ),
    ]
    const { home: _home, host: _host, port: _port, tier: _tier, ...rules } = settings
    return Server.of({ version, startedAt: yield* Clock.currentTimeMillis, rules, problems, shutdown })
  })
