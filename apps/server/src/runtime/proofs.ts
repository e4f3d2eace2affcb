// Certificates that nobody here asked for: the agent left, a hold ran out, the supervisor was lost. Each comes home to its threads.
import type { Told } from "@corral/contracts/supervisor"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import { Engine } from "../engine/engine.ts"
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

/** What cannot be recorded now is not lost: no number is passed over, so it comes again with the next certificate, line or start. */
const record = (proof: Proof) => {
  if (proof._tag === "settled") return Deferred.succeed(proof.when, undefined)
  if (proof._tag === "back") return Effect.ignore(afterLoss)
  return Effect.ignore(takeInOrder(proof))
}

/** Numbers go up by one; where some are missing they were told and could not be recorded. The ledger may have let go of them meanwhile. */
const takeInOrder = ({ seq, certificate }: Extract<Proof, { _tag: "certificate" }>) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const supervisor = yield* Supervisor
    while (engine.certificateSeq() + 1 < seq) {
      const missed = yield* supervisor.ask("certificates", { after: engine.certificateSeq() })
      if (missed.length === 0) break
      for (const one of missed) yield* takeCertificate(one.seq, one.certificate)
    }
    if (engine.certificateSeq() < seq) yield* takeCertificate(seq, certificate)
  })

/** A supervisor is on the line again. What it does not hold went with the one before: its ledger has the proof. */
const afterLoss = Effect.gen(function* () {
  const live = yield* LiveSessions
  const held = new Set((yield* Supervisor).hello()?.held ?? [])
  yield* fetchCertificates
  for (const { threadId, treeId } of live.all()) {
    if (!held.has(treeId)) yield* stopRuntime(threadId, "supervisor-lost")
  }
})
