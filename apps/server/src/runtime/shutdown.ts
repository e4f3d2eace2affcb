// The server leaves on purpose: `stop` ends every session with it, `restart` leaves them to the supervisor's hold.
import type { Calls } from "@corral/contracts/rpc"
import * as Effect from "effect/Effect"
import { Supervisor } from "../supervisor/supervisor.ts"
import { LiveSessions } from "./live.ts"
import { Proofs } from "./proofs.ts"

/** For all polite goodbyes together; the supervisor's own 8 s for a shutdown begin after it. */
const goodbyeTime = "700 millis"

/** `askedBy` is on the certificates of what ends: who stopped Corral, not Corral itself. */
export const shutdownRuntimes = Effect.fn("runtime.shutdown")(function* ({ how, now }: Calls["shutdown"]["takes"], askedBy: string) {
  const live = yield* LiveSessions
  const supervisor = yield* Supervisor
  if (how === "stop" && !now) {
    yield* Effect.forEach(live.all(), ({ session }) => Effect.ignore(session.goodbye), { concurrency: "unbounded", discard: true }).pipe(
      Effect.timeoutOption(goodbyeTime),
    )
  }
  if (how === "restart") live.all().forEach(({ handOver }) => handOver())
  const left = yield* supervisor.ask("leave", { how, now, askedBy })
  yield* (yield* Proofs).settled
  return left
})
