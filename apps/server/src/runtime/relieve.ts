// Memory is short, or a thread waits for room: idle runtimes are put to sleep before their time, those first that cost least to resume and
// of these the largest, one at a time, until it is not so. What works, waits for a person or is kept stays.
import type { ThreadId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import { tokensLost } from "@corral/domain/runtime/cache"
import { reasonAlive } from "@corral/domain/runtime/reason"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import { Engine } from "../engine/engine.ts"
import { Supervisor } from "../supervisor/supervisor.ts"
import { Admission } from "./admission.ts"
import { parseSessionId } from "./session-id.ts"

const lookEvery = "5 seconds"
/** A stop that is not proved by then is stuck; the next one is tried all the same. */
const proofTime = "15 seconds"
const proofLookEvery = "100 millis"

export interface Relief {
  readonly idleMillis: number
  readonly isShort: () => boolean
}

/** Why somebody has to sleep now; null: nobody has to. */
type Need = "memory" | "room" | null

/** Runs with the server. Looks at once where a thread waits in line, else only while there is somebody who could sleep. */
export const relieveMemory = (relief: Relief) =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const admission = yield* Admission
      const changed = yield* Queue.sliding<void>(1)
      const lookAgain = () => Queue.offerUnsafe(changed, undefined)
      const engine = yield* Engine
      // While somebody waits, each change of a thread may have left it idle.
      const stops = [admission.onChange(lookAgain), engine.onCommit(() => void (admission.lacking() > 0 && lookAgain()))]
      yield* Effect.addFinalizer(() => Effect.sync(() => stops.forEach((stop) => stop())))
      const look = Effect.andThen(Queue.take(changed).pipe(Effect.timeoutOption(lookEvery)), relieve(relief))
      yield* look.pipe(Effect.forever, Effect.forkScoped)
    }),
  )

const relieve = (relief: Relief): Effect.Effect<void, never, Admission | Engine | Supervisor> =>
  Effect.gen(function* () {
    const admission = yield* Admission
    for (;;) {
      if ((yield* idleThreads(relief)).length === 0) return
      const need: Need = relief.isShort() ? "memory" : admission.lacking() > 0 ? "room" : null
      const idle = need === null ? null : yield* dispensable(relief)
      if (need === null || idle === null || !(yield* putToSleep(idle, relief, need))) return
    }
    // What could not be asked or written now is tried again with the next look.
  }).pipe(Effect.catch((error) => Effect.logWarning(`memory could not be relieved: ${error.message}`)))

const idleThreads = ({ idleMillis }: Relief) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const now = yield* Clock.currentTimeMillis
    return [...engine.threads()].filter((thread) => reasonAlive(thread, now, idleMillis)?.reason === "cooling")
  })

/** A tree that several threads share sleeps when none of them is needed. */
const dispensable = (relief: Relief) =>
  Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const idle = new Map((yield* idleThreads(relief)).map((thread) => [thread.threadId, thread]))
    const { trees } = yield* (yield* Supervisor).ask("trees", { memory: true })
    const threadsOf = (sessions: (typeof trees)[number]["sessions"]) =>
      sessions.flatMap((session) => parseSessionId(session)?.threadId ?? [])
    const free = trees.flatMap(({ sessions, memoryBytes }) => {
      const threads = threadsOf(sessions).map((threadId) => idle.get(threadId))
      const [thread] = threads
      if (thread === undefined || threads.includes(undefined)) return []
      return { thread, memoryBytes, tokens: tokensLost(thread, now) }
    })
    const [first] = free.toSorted((a, b) => a.tokens - b.tokens || b.memoryBytes - a.memoryBytes)
    return first?.thread ?? null
  })

/** False: it found something to do. */
const putToSleep = ({ threadId, runtime }: Thread, { idleMillis }: Relief, reason: Exclude<Need, null>) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const { generation } = runtime
    const receipt = yield* engine.record({ _tag: "runtime.hibernate", reason, threadId, generation, idleMillis })
    if (receipt._tag === "rejected") return false
    yield* asleep(threadId).pipe(Effect.timeoutOption(proofTime))
    return true
  })

const asleep = (threadId: ThreadId) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    while (engine.thread(threadId)?.runtime.state === "stopping") yield* Effect.sleep(proofLookEvery)
  })
