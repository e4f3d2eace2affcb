// At start the threads are held against reality: what a former server left is stopped and proved, certificates missed meanwhile come home.
import type { TreeCertificate } from "@corral/contracts/certificate"
import * as Effect from "effect/Effect"
import { Engine } from "../engine/engine.ts"
import { Supervisor } from "../supervisor/supervisor.ts"
import { recordCertificate } from "./record.ts"
import { stopRuntime } from "./stop.ts"

/** Trees are stopped side by side: one deaf agent must not keep the others waiting. */
const atOnce = 16

/** Until agents of a former server are taken over (re-attach), they are stopped: a turn that nobody reads must not go on unseen. */
export const sweepAtStart = Effect.fn("runtime.sweep")(function* () {
  yield* fetchCertificates
  const engine = yield* Engine
  const awake = [...engine.threads()].filter((thread) => thread.runtime.state !== "asleep")
  yield* Effect.forEach(awake, ({ threadId }) => stopRuntime(threadId, "server-lost"), { concurrency: atOnce, discard: true })
})

/** Everything that was proved while no server was on the line. */
export const fetchCertificates = Effect.gen(function* () {
  const engine = yield* Engine
  const supervisor = yield* Supervisor
  // A supervisor whose ledger was lost counts from the beginning again.
  if ((supervisor.hello()?.certificateSeq ?? Infinity) < engine.certificateSeq()) yield* engine.setCertificateSeq(0)
  for (;;) {
    const missed = yield* supervisor.ask("certificates", { after: engine.certificateSeq() })
    for (const { seq, certificate } of missed) yield* takeCertificate(seq, certificate)
    if (missed.length === 0) return
  }
})

/** The number is kept after the certificate: a crash in between fetches it again, and twice is once. */
export const takeCertificate = (seq: number, certificate: TreeCertificate) =>
  Effect.gen(function* () {
    yield* recordCertificate(certificate)
    yield* (yield* Engine).setCertificateSeq(seq)
  })
