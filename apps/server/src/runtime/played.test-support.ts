// For tests of floor 3: the real engine on a home of its own, and a supervisor that answers and tells what it is made to.
import type { TreeCertificate } from "@corral/contracts/certificate"
import type { TreeId } from "@corral/contracts/ids"
import type { Ask, Asks, Told } from "@corral/contracts/supervisor"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { Engine } from "../engine/engine.ts"
import { furnish, provider, temporaryHome, thread } from "../engine/engine.test-support.ts"
import { certificate } from "../store/certificate.test-support.ts"
import { Store } from "../store/store.ts"
import { StoreFailed } from "../store/store-failed.ts"
import { Supervisor } from "../supervisor/supervisor.ts"
import { Admission } from "./admission.ts"
import { Ceiling } from "./ceiling.ts"
import { LiveSessions } from "./live.ts"
import { Look } from "./look.ts"
import { Proofs } from "./proofs.ts"
import { sessionId } from "./session-id.ts"
import { Sights } from "./sights.ts"
import { Stalls } from "./stalls.ts"

const idleMillis = 1000
const stallMillis = 600_000

/** What a test turns. */
export interface Played {
  /** The disk takes nothing. */
  full: boolean
  readonly answers: { [A in Ask]?: (payload: Asks[A]["takes"]) => Asks[A]["gives"] }
  readonly tell: (told: Told) => void
}

type Services = Engine | Store | Supervisor | LiveSessions | Proofs | Look | Stalls | Admission

/** On a home with two threads, which have never been awake. */
export const onStage = <A, E>(work: (played: Played) => Effect.Effect<A, E, Services>) =>
  Effect.gen(function* () {
    const listeners = new Set<(told: Told) => void>()
    const played: Played = { full: false, answers: {}, tell: (told) => listeners.forEach((listener) => listener(told)) }
    const begun = Effect.gen(function* () {
      const engine = yield* Engine
      engine.setProviders([provider])
      yield* furnish(2)
      return yield* work(played)
    })
    const below = Layer.mergeAll(Engine.layer, LiveSessions.layer, supervisor(played, listeners)).pipe(
      Layer.provideMerge(storeOf(played, yield* temporaryHome)),
    )
    const all = Layer.mergeAll(Proofs.layer, Look.layer(idleMillis)).pipe(
      Layer.provideMerge(Sights.layer),
      Layer.provideMerge(
        Layer.mergeAll(Stalls.layer(stallMillis), Admission.layer({ mostAwake: 0, shortage: () => null }), Ceiling.layer(0)),
      ),
      Layer.provideMerge(below),
    )
    return yield* Effect.provide(begun, all, { local: true })
  })

const supervisor = ({ answers }: Played, listeners: Set<(told: Told) => void>) =>
  Layer.succeed(
    Supervisor,
    Supervisor.of({
      ask: (name, payload) =>
        Effect.suspend(() => {
          const answer = answers[name]
          return answer === undefined ? Effect.die(new Error(`nobody answers ${name} here`)) : Effect.succeed(answer(payload))
        }),
      attach: () => Effect.die(new Error("no agent speaks here")),
      hello: () => null,
      onTold: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    }),
  )

const storeOf = (played: Played, home: string) =>
  Layer.effect(
    Store,
    Effect.map(Store, (store) =>
      Store.of({
        ...store,
        transact: (doing, work) => {
          const failed = () => new StoreFailed({ file: store.file, doing, trouble: "full", cause: new Error("no room") })
          return played.full ? Result.fail(failed()) : store.transact(doing, work)
        },
      }),
    ),
  ).pipe(Layer.provide(Store.layer(home)))

/** That the tree of a thread's first wake was stopped. */
export const proofOf = (n: number, treeId: TreeId, changes: Partial<TreeCertificate> = {}): TreeCertificate => {
  const { threadIds: _, ...proof } = certificate(n, { treeId, sessions: [sessionId(thread(n), 1)], ...changes })
  return proof
}

export const runtimeOf = (n: number) =>
  Effect.flatMap(Engine, (engine) => {
    const runtime = engine.thread(thread(n))?.runtime
    return runtime === undefined ? Effect.die(new Error("the thread is gone")) : Effect.succeed(runtime)
  })
