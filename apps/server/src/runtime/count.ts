// Counts what happens for the metrics: stops where their certificates are kept, which is once however often they are told.
import type { Certificate } from "@corral/contracts/certificate"
import type { ThreadId } from "@corral/contracts/ids"
import type { RuntimeState } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { Processes } from "@corral/contracts/tree"
import { isHosted } from "@corral/domain/runtime/hosted"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import { Engine } from "../engine/engine.ts"
import type { Commit } from "../engine/commit.ts"
import { Supervisor } from "../supervisor/supervisor.ts"
import { Admission } from "./admission.ts"
import { Look } from "./look.ts"
import { metrics } from "./metrics.ts"

const hosted: readonly RuntimeState[] = ["waking", "idle", "busy", "stopping", "stuck"]

/** Runs with the server. Reads no process for it: what others look at is counted. */
export const countMetrics = Layer.effectDiscard(
  Effect.gen(function* () {
    const engine = yield* Engine
    const look = yield* Look
    const supervisor = yield* Supervisor
    const admission = yield* Admission
    const tally = new Tally(yield* Effect.context<never>(), engine.thread)
    tally.hosted(engine.threads())
    tally.waiting(admission.line().length)
    const stops = [
      engine.onKeep((certificate) => tally.stopped(certificate)),
      engine.onCommit((commit) => tally.committed(commit)),
      admission.onChange(() => tally.waiting(admission.line().length)),
      look.onSeen((seen) => tally.seen(seen)),
      supervisor.onTold((told) => {
        if (told._tag === "strays") tally.strays(told.count)
      }),
    ]
    yield* Effect.addFinalizer(() => Effect.sync(() => stops.forEach((stop) => stop())))
  }),
)

class Tally {
  readonly #registry: Context.Context<never>
  readonly #threadOf: (threadId: ThreadId) => Thread | undefined
  readonly #states = new Map<ThreadId, RuntimeState>()

  constructor(registry: Context.Context<never>, threadOf: (threadId: ThreadId) => Thread | undefined) {
    this.#registry = registry
    this.#threadOf = threadOf
  }

  stopped({ reason, outcome, provider, freedBytes, startedAt, endedAt }: Certificate): void {
    const attributes = { "corral.stop.reason": reason, "corral.stop.outcome": outcome, "corral.provider": provider }
    this.#add(Metric.withAttributes(metrics.stops, attributes), 1n)
    this.#add(Metric.withAttributes(metrics.freed, attributes), BigInt(freedBytes))
    // A clock that was turned back in between must not make time run backwards.
    this.#add(Metric.withAttributes(metrics.stopDuration, attributes), Math.max(0, endedAt - startedAt) / 1000)
  }

  committed({ threads, stored }: Commit): void {
    this.hosted(threads)
    for (const { event } of stored) {
      if (event._tag !== "runtime.started") continue
      const provider = this.#threadOf(event.threadId)?.config.provider ?? "unknown"
      this.#add(Metric.withAttributes(metrics.wakes, { "corral.provider": provider }), 1n)
    }
  }

  hosted(threads: Iterable<Thread>): void {
    for (const { threadId, runtime } of threads) {
      if (isHosted(runtime)) this.#states.set(threadId, runtime.state)
      else this.#states.delete(threadId)
    }
    const states = [...this.#states.values()]
    for (const state of hosted) {
      const count = states.filter((one) => one === state).length
      this.#add(Metric.withAttributes(metrics.trees, { "corral.runtime.state": state }), BigInt(count))
    }
  }

  seen({ trees, strays }: Processes): void {
    this.#add(metrics.memory, BigInt(trees.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)))
    this.strays(strays.length)
  }

  waiting(count: number): void {
    this.#add(metrics.waiting, BigInt(count))
  }

  strays(count: number): void {
    this.#add(metrics.strays, BigInt(count))
  }

  #add<Input>(metric: Metric.Metric<Input, unknown>, input: Input): void {
    metric.updateUnsafe(input, this.#registry)
  }
}
