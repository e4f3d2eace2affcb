// A runtime is stopped: the agent is asked to leave, then what hosts it is stopped whatever it answered, and the proof recorded.
import type { StopReason } from "@corral/contracts/certificate"
import type { ThreadId } from "@corral/contracts/ids"
import type { Runtime } from "@corral/contracts/runtime"
import { wasLaunched } from "@corral/domain/runtime/launched"
import * as Effect from "effect/Effect"
import { Engine } from "../engine/engine.ts"
import { Supervisor } from "../supervisor/supervisor.ts"
import { LiveSessions } from "./live.ts"
import { recordCertificate } from "./record.ts"
import { sessionId } from "./session-id.ts"

/** For the polite goodbye (rung 0): an interrupt answers in 50 ms; a deaf agent must not delay the proof. */
const goodbyeTime = "1 second"

/**
 * Second time: the certificate of the first. Null: neither the table nor the ledger of the supervisor knows of a tree, so there was nothing
 * to look at; that a thread sleeps is then all that is known. A process of ours that they do not know of is for the sweep to find.
 */
export const stopRuntime = Effect.fn("runtime.stop")(function* (threadId: ThreadId, reason: StopReason, askedBy = "server") {
  const engine = yield* Engine
  const runtime = engine.thread(threadId)?.runtime
  if (runtime === undefined) return null
  // A session over its memory limit has no time for that, and its turn did not end because it was asked to.
  if (reason !== "memory-limit") yield* sayGoodbye(threadId)
  const proved = yield* proveStopped({ threadId, reason, askedBy }, runtime)
  yield* (yield* LiveSessions).drop(threadId, runtime.generation)
  if (proved !== null) return yield* recordCertificate(proved)
  yield* nothingFound(threadId, runtime.generation)
  return null
})

interface Wish {
  readonly threadId: ThreadId
  readonly reason: StopReason
  readonly askedBy: string
}

/** Null: the supervisor knows of nothing that served this session. */
const proveStopped = ({ threadId, reason, askedBy }: Wish, runtime: Runtime) =>
  Effect.gen(function* () {
    const supervisor = yield* Supervisor
    const target = runtime.treeId === null ? { session: sessionId(threadId, runtime.generation) } : { tree: runtime.treeId }
    return yield* supervisor.ask("stop", { target, reason, askedBy, from: reason === "memory-limit" ? "term" : null }).pipe(
      Effect.catchIf(
        (error) => error._tag === "SupervisorRefused" && error.tag === "unknown-tree",
        () => Effect.succeed(null),
      ),
    )
  })

/** A launch is in the ledger before there is a process: what is not there was cut off before that. */
const notStarted = "It was stopped before the agent had started."
/** Unless it was seen to run: then it is the ledger that is gone. */
const recordLost =
  "The record of its processes was lost, so nobody saw them gone. `corral sweep` ends whatever still bears a token of this install."

/** The thread must not look awake for ever, and must not say that something was seen which nobody saw. */
const nothingFound = (threadId: ThreadId, generation: number) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const runtime = engine.thread(threadId)?.runtime
    if (runtime === undefined || runtime.state === "asleep") return
    const error = wasLaunched(runtime) ? recordLost : notStarted
    yield* engine.record({ _tag: "runtime.record-failed", threadId, generation, error })
  })

const sayGoodbye = Effect.fn("runtime.goodbye")(function* (threadId: ThreadId) {
  const live = (yield* LiveSessions).get(threadId)
  if (live === undefined) return
  // Ignored on purpose: the stop that follows does not depend on it.
  yield* live.session.goodbye.pipe(Effect.timeoutOption(goodbyeTime), Effect.ignore)
})
