// Memory is short: idle runtimes are put to sleep before their time, the largest first, one at a time, until it is not. What works, waits
// for a person or is kept stays.
import { readFileSync } from "node:fs"
import { freemem, totalmem } from "node:os"
import type { ThreadId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import { reasonAlive } from "@corral/domain/runtime/reason"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Engine } from "../engine/engine.ts"
import { Supervisor } from "../supervisor/supervisor.ts"
import { parseSessionId } from "./session-id.ts"

const lookEvery = "5 seconds"
/** A stop that is not proved by then is stuck; the next one is tried all the same. */
const proofTime = "15 seconds"
const proofLookEvery = "100 millis"
/** Of the last ten seconds, the share in which something waited for memory, in percent: the machine is at work on pages, not on programs. */
const mostPressurePercent = 10

export interface Relief {
  readonly idleMillis: number
  readonly isShort: () => boolean
}

/** As the system tells it: too little is free, or programs wait for it. Pressure is told by Linux only. A floor of 0: never. */
export const isMemoryShort = (floorPercent: number): boolean => {
  if (floorPercent === 0) return false
  return (100 * freemem()) / totalmem() < floorPercent || pressurePercent() > mostPressurePercent
}

const pressurePercent = (): number => {
  try {
    return Number(/^some avg10=([\d.]+)/m.exec(readFileSync("/proc/pressure/memory", "latin1"))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** Runs with the server. Looks only while there is somebody who could sleep. */
export const relieveMemory = (relief: Relief) =>
  Layer.effectDiscard(Effect.forkScoped(Effect.forever(Effect.andThen(Effect.sleep(lookEvery), relieve(relief)))))

const relieve = (relief: Relief): Effect.Effect<void, never, Engine | Supervisor> =>
  Effect.gen(function* () {
    while ((yield* idleThreads(relief)).length > 0 && relief.isShort()) {
      const largest = yield* largestIdle(relief)
      if (largest === null || !(yield* putToSleep(largest, relief))) return
    }
    // What could not be asked or written now is tried again with the next look.
  }).pipe(Effect.catch((error) => Effect.logWarning(`memory could not be relieved: ${error.message}`)))

const idleThreads = ({ idleMillis }: Relief) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const now = yield* Clock.currentTimeMillis
    return [...engine.threads()].filter((thread) => reasonAlive(thread, now, idleMillis)?.reason === "cooling")
  })

const largestIdle = (relief: Relief) =>
  Effect.gen(function* () {
    const idle = new Map((yield* idleThreads(relief)).map((thread) => [thread.threadId, thread]))
    const { trees } = yield* (yield* Supervisor).ask("trees", { memory: true })
    const threadsOf = (sessions: (typeof trees)[number]["sessions"]) =>
      sessions.flatMap((session) => parseSessionId(session)?.threadId ?? [])
    // A tree that several threads share sleeps when none of them is needed.
    const free = trees.filter(({ sessions }) => sessions.length > 0 && threadsOf(sessions).every((threadId) => idle.has(threadId)))
    const [largest] = free.toSorted((a, b) => b.memoryBytes - a.memoryBytes)
    const threadId = largest === undefined ? undefined : threadsOf(largest.sessions)[0]
    return (threadId === undefined ? undefined : idle.get(threadId)) ?? null
  })

/** False: it found something to do. */
const putToSleep = ({ threadId, runtime }: Thread, { idleMillis }: Relief) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const { generation } = runtime
    const receipt = yield* engine.record({ _tag: "runtime.hibernate", reason: "memory", threadId, generation, idleMillis })
    if (receipt._tag === "rejected") return false
    yield* asleep(threadId).pipe(Effect.timeoutOption(proofTime))
    return true
  })

const asleep = (threadId: ThreadId) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    while (engine.thread(threadId)?.runtime.state === "stopping") yield* Effect.sleep(proofLookEvery)
  })
