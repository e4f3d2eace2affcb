// What memory was held by which session over the past hours. Looks that are made for others are kept too; by itself it looks once a minute
// while something runs, and once when the first of it has come and when the last has gone. While nothing runs nothing is looked at.
// What is known of the hour and the day is kept in a file, so that it outlives this server.
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
import { Store } from "../store/store.ts"
import { Look } from "./look.ts"
import { memoryLookOf } from "./memory-look.ts"
import { MemoryRecord } from "./memory-record.ts"
import { MemoryRings } from "./memory-rings.ts"

/** As fine as an hour is told. */
const lookEveryMillis = 60_000
/** What a server that is killed may lose of it. Once with the first look, then as often at most, and only while there are looks. */
const writeEvery = "5 minutes"

export class MemoryHistory extends Context.Service<
  MemoryHistory,
  {
    /** Of the hour and the day also what former servers saw. */
    readonly past: (range: MemoryRange) => Effect.Effect<MemoryPast>
    /** What is wrong with its file, what was lost by it, and the next step; null: nothing. */
    readonly problem: () => string | null
  }
>()("corral/MemoryHistory") {
  static readonly layer = Layer.effect(
    MemoryHistory,
    Effect.gen(function* () {
      const record = new MemoryRecord((yield* Store).home)
      const rings = new MemoryRings(yield* Clock.currentTimeMillis, record.read())
      if (record.problem !== null) yield* Effect.logWarning(record.problem)
      const news = yield* Queue.sliding<void>(1)
      const look = yield* Look
      const watch: Watch = { running: new Set(), changed: yield* Queue.sliding<void>(1), lookedAt: 0 }
      const stop = look.onSeen((seen) => {
        watch.lookedAt = seen.checkedAt
        rings.take(memoryLookOf(seen))
        Queue.offerUnsafe(news, undefined)
      })
      yield* Effect.addFinalizer(() => Effect.sync(stop))
      yield* keep({ rings, record, news })
      yield* follow(watch)
      yield* round(watch).pipe(Effect.forever, Effect.forkScoped)
      return MemoryHistory.of({
        past: (range) => Effect.map(Clock.currentTimeMillis, (now) => rings.past(range, now)),
        problem: () => record.problem,
      })
    }),
  )
}

interface Keeping {
  readonly rings: MemoryRings
  readonly record: MemoryRecord
  /** There are looks that are not in the file. */
  readonly news: Queue.Queue<void>
}

/** Until the end, and once more at the end: then it is known to have rested, or not, up to that moment. */
const keep = ({ rings, record, news }: Keeping) =>
  Effect.gen(function* () {
    const write = Effect.gen(function* () {
      const before = record.problem
      const kept = rings.kept(yield* Clock.currentTimeMillis)
      if (kept.day.at.length > 0) record.write(kept)
      if (record.problem !== null && record.problem !== before) yield* Effect.logWarning(record.problem)
    })
    yield* Effect.addFinalizer(() => write)
    const round = Queue.take(news).pipe(Effect.andThen(write), Effect.andThen(Effect.sleep(writeEvery)))
    yield* round.pipe(Effect.forever, Effect.forkScoped)
  })

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
