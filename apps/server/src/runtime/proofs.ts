// Certificates that nobody here asked for: the agent left, a hold ran out, the supervisor was lost. Each comes home to its threads.
import type { Told } from "@corral/contracts/supervisor"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import { Supervisor } from "../supervisor/supervisor.ts"
import { LiveSessions } from "./live.ts"
import { stopRuntime } from "./stop.ts"
import { fetchCertificates, takeCertificate } from "./sweep.ts"

type Proof =
  | Extract<Told, { _tag: "certificate" }>
  | { readonly _tag: "back" }
  | { readonly _tag: "settled"; readonly when: Deferred.Deferred<void> }

export class Proofs extends Context.Service<
  Proofs,
  {
    /** Done when everything told so far is on record. */
    readonly settled: Effect.Effect<void>
  }
>()("corral/Proofs") {
  static readonly layer = Layer.effect(
    Proofs,
    Effect.gen(function* () {
      const supervisor = yield* Supervisor
      // One entry per certificate told: bounded by the trees that there are.
      const told = yield* Queue.unbounded<Proof>()
      const stop = supervisor.onTold((event) => {
        if (event._tag === "certificate" || event._tag === "back") Queue.offerUnsafe(told, event)
      })
      yield* Effect.addFinalizer(() => Effect.sync(stop))
      yield* Queue.take(told).pipe(Effect.flatMap(record), Effect.forever, Effect.forkScoped)
      return Proofs.of({
        settled: Effect.gen(function* () {
          const when = yield* Deferred.make<void>()
          yield* Queue.offer(told, { _tag: "settled", when })
          yield* Deferred.await(when)
        }),
      })
    }),
  )
}

/** What cannot be recorded now is not lost: its number is not taken, so it is fetched again with the next line or start. */
const record = (proof: Proof) => {
  if (proof._tag === "settled") return Deferred.succeed(proof.when, undefined)
  if (proof._tag === "back") return Effect.ignore(afterLoss)
  return Effect.ignore(takeCertificate(proof.seq, proof.certificate))
}

/** A supervisor is on the line again. What it does not hold went with the one before: that it is gone is proved, and said. */
const afterLoss = Effect.gen(function* () {
  const live = yield* LiveSessions
  const held = new Set((yield* Supervisor).hello()?.held ?? [])
  yield* fetchCertificates
  for (const { threadId, treeId } of live.all()) {
    if (!held.has(treeId)) yield* stopRuntime(threadId, "supervisor-lost")
  }
})
