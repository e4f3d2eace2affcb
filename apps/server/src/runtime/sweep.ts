// At start the threads are held against reality: what a former server left is taken over, or stopped and proved; certificates that were
// missed meanwhile come home.
import type { TreeCertificate } from "@corral/contracts/certificate"
import type { TreeId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import { isHosted } from "@corral/domain/runtime/hosted"
import * as Effect from "effect/Effect"
import { Engine } from "../engine/engine.ts"
import { Supervisor } from "../supervisor/supervisor.ts"
import { attachRuntime } from "./attach.ts"
import { recordCertificate } from "./record.ts"
import { stopRuntime } from "./stop.ts"

/** Trees are stopped side by side: one deaf agent must not keep the others waiting. */
const atOnce = 16

/** An agent that cannot be taken over is stopped: a turn that nobody reads must not go on unseen. */
export const sweepAtStart = Effect.fn("runtime.sweep")(function* () {
  yield* fetchCertificates
  const engine = yield* Engine
  const held = new Set((yield* Supervisor).hello()?.held ?? [])
  const hosted = [...engine.threads()].filter((thread) => isHosted(thread.runtime))
  yield* Effect.forEach(hosted, (thread) => takeOrStop(thread, held), { concurrency: atOnce, discard: true })
})

const takeOrStop = (thread: Thread, held: ReadonlySet<TreeId>) =>
  Effect.gen(function* () {
    const { status, threadId, runtime } = thread
    const isLive = runtime.state === "idle" || runtime.state === "busy"
    const isHeld = runtime.treeId !== null && held.has(runtime.treeId)
    if (status === "active" && isLive && isHeld && (yield* attachRuntime(thread))) return
    yield* stopRuntime(threadId, "server-lost")
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
