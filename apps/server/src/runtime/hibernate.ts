// Idle runtimes are put to sleep when their time is over: one timer for the nearest deadline, decided again at the last moment.
import type { Millis, ThreadId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import { reasonAlive } from "@corral/domain/runtime/reason"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import { Engine } from "../engine/engine.ts"

/** With no deadline at all the fibre looks again after this; commits wake it long before. */
const longest = Duration.hours(1)

/** What was refused once is not asked again sooner: a disagreement must not become a loop. */
const soonestMillis = 1_000

/** Runs with the server. `idleMillis`: how long a runtime may have nothing to do. */
export const hibernateIdle = (idleMillis: number) =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const engine = yield* Engine
      const deadlines = new Map<ThreadId, Millis>()
      const changed = yield* Queue.sliding<void>(1)
      const note = (thread: Thread, now: Millis) => {
        const due = reasonAlive(thread, now, idleMillis)?.endsAt ?? null
        if (due === null) deadlines.delete(thread.threadId)
        else deadlines.set(thread.threadId, due)
      }
      const clock = yield* Clock.Clock
      for (const thread of engine.threads()) note(thread, clock.currentTimeMillisUnsafe())
      const stop = engine.onCommit(({ threads }) => {
        for (const thread of threads) note(thread, clock.currentTimeMillisUnsafe())
        Queue.offerUnsafe(changed, undefined)
      })
      yield* Effect.addFinalizer(() => Effect.sync(stop))
      yield* round({ engine, deadlines, changed, idleMillis }).pipe(Effect.forever, Effect.forkScoped)
    }),
  )

interface Rule {
  readonly engine: Engine["Service"]
  readonly deadlines: Map<ThreadId, Millis>
  readonly changed: Queue.Queue<void>
  readonly idleMillis: number
}

/** Sleeps until the nearest deadline or a commit, then hibernates what is due. */
const round = ({ engine, deadlines, changed, idleMillis }: Rule) =>
  Effect.gen(function* () {
    const before = yield* Clock.currentTimeMillis
    const nearest = Math.min(...deadlines.values())
    const wait = Number.isFinite(nearest) ? Duration.millis(Math.max(0, nearest - before)) : longest
    yield* Queue.take(changed).pipe(Effect.timeoutOption(Duration.min(wait, longest)))
    const now = yield* Clock.currentTimeMillis
    for (const [threadId, at] of deadlines) if (at <= now) yield* hibernate({ engine, deadlines, changed, idleMillis }, threadId, now)
  })

/** `not-due` is an answer, not a trouble: the thread found something to do, or is kept and cools from now on. */
const hibernate = ({ engine, deadlines, idleMillis }: Rule, threadId: ThreadId, now: Millis) =>
  Effect.gen(function* () {
    deadlines.delete(threadId)
    const thread = engine.thread(threadId)
    if (thread === undefined) return
    const { generation } = thread.runtime
    const receipt = yield* engine.record({ _tag: "runtime.hibernate", reason: "idle", threadId, generation, idleMillis })
    const next = receipt._tag === "rejected" ? (reasonAlive(thread, now, idleMillis)?.endsAt ?? null) : null
    if (next !== null) deadlines.set(threadId, Math.max(next, now + soonestMillis))
  })
