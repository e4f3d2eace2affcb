// Idle runtimes are put to sleep when their time is over: one timer for the nearest deadline, decided again at the last moment.
import type { Millis, ThreadId } from "@corral/contracts/ids"
import { reasonAlive } from "@corral/domain/runtime/reason"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import { Engine } from "../engine/engine.ts"
import { steadyMillis } from "./skips.ts"

/** With no deadline at all the fibre looks again after this; commits wake it long before. */
const longest = Duration.hours(1)

/** What was refused once is not asked again sooner: a disagreement must not become a loop. */
const soonestMillis = 1_000

/** Runs with the server. `idleMillis`: how long a runtime may have nothing to do. */
export const hibernateIdle = (idleMillis: number) =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const engine = yield* Engine
      const clock = yield* Clock.Clock
      const changed = yield* Queue.sliding<void>(1)
      const rule: Rule = { engine, clock, changed, idleMillis, deadlines: new Map() }
      for (const { threadId } of engine.threads()) note(rule, threadId)
      const stop = engine.onCommit(({ threads }) => {
        for (const { threadId } of threads) note(rule, threadId)
        Queue.offerUnsafe(changed, undefined)
      })
      yield* Effect.addFinalizer(() => Effect.sync(stop))
      yield* round(rule).pipe(Effect.forever, Effect.forkScoped)
    }),
  )

/** `endsAt` by the clock on the wall, as people are told it; `due` by the steady one, which knows of no suspension and cannot be set. */
interface Deadline {
  readonly endsAt: Millis
  readonly due: number
}

interface Rule {
  readonly engine: Engine["Service"]
  readonly clock: Clock.Clock
  readonly deadlines: Map<ThreadId, Deadline>
  readonly changed: Queue.Queue<void>
  readonly idleMillis: number
}

/** A deadline that is the same as before stays where it is: what the wall clock did meanwhile was no idle time. */
const note = ({ engine, clock, deadlines, idleMillis }: Rule, threadId: ThreadId, soonest = 0): void => {
  const thread = engine.thread(threadId)
  const now = clock.currentTimeMillisUnsafe()
  const endsAt = (thread && reasonAlive(thread, now, idleMillis)?.endsAt) ?? null
  if (endsAt === null) deadlines.delete(threadId)
  else if (deadlines.get(threadId)?.endsAt !== endsAt)
    deadlines.set(threadId, { endsAt, due: steadyMillis(clock) + Math.max(soonest, endsAt - now) })
}

/** Sleeps until the nearest deadline or a commit, then hibernates what is due. */
const round = (rule: Rule) =>
  Effect.gen(function* () {
    const { clock, deadlines, changed } = rule
    const nearest = Math.min(...[...deadlines.values()].map(({ due }) => due))
    // Timers count whole ms: one less would come too early and once more.
    const wait = Number.isFinite(nearest) ? Duration.millis(Math.ceil(Math.max(0, nearest - steadyMillis(clock)))) : longest
    yield* Queue.take(changed).pipe(Effect.timeoutOption(Duration.min(wait, longest)))
    const now = steadyMillis(clock)
    for (const [threadId, deadline] of deadlines) if (deadline.due <= now) yield* hibernate(rule, threadId, deadline)
  })

/** `not-due` is an answer, not a trouble: the thread found something to do, or is kept and cools from now on. */
const hibernate = (rule: Rule, threadId: ThreadId, { endsAt }: Deadline) =>
  Effect.gen(function* () {
    const { engine, clock, deadlines } = rule
    deadlines.delete(threadId)
    const thread = engine.thread(threadId)
    if (thread === undefined) return
    const { generation } = thread.runtime
    // By a clock that was set back it was idle for less than it was, or will be from some time to come on.
    const idleMillis = rule.idleMillis - Math.max(0, endsAt - clock.currentTimeMillisUnsafe())
    const receipt = yield* engine.record({ _tag: "runtime.hibernate", reason: "idle", threadId, generation, idleMillis })
    if (receipt._tag === "rejected") note(rule, threadId, soonestMillis)
  })
