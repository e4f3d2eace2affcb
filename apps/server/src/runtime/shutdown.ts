// The server leaves on purpose: `stop` ends every session with it, `restart` leaves them to the supervisor's hold.
import * as Effect from "effect/Effect"
import { Supervisor } from "../supervisor/supervisor.ts"
import { LiveSessions } from "./live.ts"
import { Proofs } from "./proofs.ts"

/** For all polite goodbyes together; the supervisor's own 8 s for a shutdown begin after it. */
const goodbyeTime = "700 millis"

export const shutdownRuntimes = Effect.fn("runtime.shutdown")(function* (how: "stop" | "restart", now: boolean) {
  const live = yield* LiveSessions
  const supervisor = yield* Supervisor
  if (how === "stop" && !now) {
    yield* Effect.forEach(live.all(), ({ session }) => Effect.ignore(session.goodbye), { concurrency: "unbounded", discard: true }).pipe(
      Effect.timeoutOption(goodbyeTime),
    )
  }
  if (how === "restart") live.all().forEach(({ handOver }) => handOver())
  const left = yield* supervisor.ask("leave", { how, now })
  yield* (yield* Proofs).settled
  return left
})
