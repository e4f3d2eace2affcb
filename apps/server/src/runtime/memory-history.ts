// What memory was held by which session over the past hours. Looks that are made for others are kept too; by itself it looks once a minute
// while something runs, and once when the first of it has come and when the last has gone. While nothing runs nothing is looked at.
import type { ThreadId } from "@corral/contracts/ids"
import type { MemoryPast, MemoryRange } from "@corral/contracts/memory-past"
import type { Thread } from "@corral/contracts/thread"
import { wasLaunched } from "@corral/domain/runtime/launched"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import { Engine } from "../engine/engine.ts"
import { Look } from "./look.ts"
import { memoryLookOf } from "./memory-look.ts"
import { MemoryRings } from "./memory-rings.ts"

/** As fine as an hour is told. */
const lookEveryMillis = 60_000

export class MemoryHistory extends Context.Service<
  MemoryHistory,
  {
    /** Lives and dies with the server. */
    readonly past: (range: MemoryRange) => Effect.Effect<MemoryPast>
  }
>()("corral/MemoryHistory") {
  static readonly layer = Layer.effect(
    MemoryHistory,
    Effect.gen(function* () {
      const rings = new MemoryRings(yield* Clock.currentTimeMillis)
      const look = yield* Look
      const watch: Watch = { running: new Set(), changed: yield* Queue.sliding<void>(1), lookedAt: 0 }
      const stop = look.onSeen((seen) => {
        watch.lookedAt = seen.checkedAt
        rings.take(memoryLookOf(seen))
      })
      yield* Effect.addFinalizer(() => Effect.sync(stop))
      yield* follow(watch)
      yield* round(watch).pipe(Effect.forever, Effect.forkScoped)
      return MemoryHistory.of({ past: (range) => Effect.map(Clock.currentTimeMillis, (now) => rings.past(range, now)) })
    }),
  )
}

interface Watch {
  readonly running: Set<ThreadId>
  /** The first has come, or the last has gone. */
  readonly changed: Queue.Queue<void>
  /** When a look was made, or tried. */
  lookedAt: number
}

const follow = (watch: Watch) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const note = (thread: Thread) => {
      if (wasLaunched(thread.runtime)) watch.running.add(thread.threadId)
      else watch.running.delete(thread.threadId)
    }
    const noteAll = (threads: Iterable<Thread>) => {
      const before = watch.running.size > 0
      for (const thread of threads) note(thread)
      if (watch.running.size > 0 !== before) Queue.offerUnsafe(watch.changed, undefined)
    }
    noteAll(engine.threads())
    const stop = engine.onCommit(({ threads }) => noteAll(threads))
    yield* Effect.addFinalizer(() => Effect.sync(stop))
  })

const round = (watch: Watch) =>
  Effect.gen(function* () {
    const rest = restOf(watch, yield* Clock.currentTimeMillis)
    const change = Queue.take(watch.changed)
    const hasChanged =
      watch.running.size === 0
        ? yield* Effect.as(change, true)
        : (yield* Effect.timeoutOption(change, Duration.millis(rest)))._tag === "Some"
    const now = yield* Clock.currentTimeMillis
    if (!hasChanged && restOf(watch, now) > 0) return
    // What cannot be looked at now is looked at in a minute; the time between is a gap.
    watch.lookedAt = now
    yield* Effect.ignore((yield* Look).sample)
  })

/** A clock that was turned back is due too: else there would be no look for as long as it was turned. */
const restOf = ({ lookedAt }: Watch, now: number): number => (now < lookedAt ? 0 : Math.max(0, lookedAt + lookEveryMillis - now))
