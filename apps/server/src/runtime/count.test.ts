import { TreeId } from "@corral/contracts/ids"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import { thread, wake } from "../engine/engine.test-support.ts"
import { countMetrics } from "./count.ts"
import { onStage, proofOf, type Played } from "./played.test-support.ts"
import { recordCertificate } from "./record.ts"
import { fetchCertificates } from "./sweep.ts"

type Services = Effect.Services<ReturnType<Parameters<typeof onStage>[0]>>

/** On a stage where it is counted, into a registry of its own. */
const counting = <A, E>(work: (played: Played) => Effect.Effect<A, E, Services>) =>
  onStage((played) =>
    Effect.provide(work(played), countMetrics, { local: true }).pipe(Effect.provideService(Metric.MetricRegistry, new Map())),
  )

/** `name attribute,attribute`: what stands there. */
const counted = Effect.map(Metric.snapshot, (all) =>
  Object.fromEntries(
    all.map(({ id, attributes = {}, ...metric }) => {
      const { unit: _, ...rest } = attributes
      const value = metric.type === "Counter" ? metric.state.count : metric.type === "Gauge" ? metric.state.value : metric.state
      return [[id, ...Object.values(rest)].join(" "), value]
    }),
  ),
)

describe("the metrics", () => {
  it.live("count a stop once, however often its certificate is told", () =>
    counting(() =>
      Effect.gen(function* () {
        const { treeId } = yield* wake(1)
        const proof = proofOf(1, treeId, { reason: "archive", freedBytes: 5000, startedAt: 1000, endedAt: 1700 })
        yield* recordCertificate(proof)
        yield* recordCertificate(proof)
        const metrics = yield* counted
        assert.strictEqual(metrics["corral.stops archive gone played"], 1n)
        assert.strictEqual(metrics["corral.freed archive gone played"], 5000n)
        assert.deepInclude(metrics["corral.stop.duration archive gone played"], { count: 1, sum: 0.7 })
      }),
    ),
  )

  it.live("count the stops that were proved while no server was there", () =>
    counting((played) =>
      Effect.gen(function* () {
        const missed = [1, 2].map((n) => ({ seq: n, certificate: proofOf(n, TreeId.make(`tre_${n}`), { reason: "server-lost" }) }))
        played.answers.certificates = ({ after }) => missed.filter(({ seq }) => seq > after)
        yield* fetchCertificates
        assert.strictEqual((yield* counted)["corral.stops server-lost gone played"], 2n)
      }),
    ),
  )

  it.live("count wakes, and tell of the trees and strays that there are", () =>
    counting((played) =>
      Effect.gen(function* () {
        const { treeId } = yield* wake(1)
        yield* wake(2)
        const awake = yield* counted
        assert.strictEqual(awake["corral.wakes played"], 2n)
        assert.strictEqual(awake["corral.trees idle"], 2n)
        assert.notProperty(awake, "corral.strays")
        played.tell({ _tag: "strays", count: 3, checkedAt: 1 })
        yield* recordCertificate(proofOf(1, treeId))
        const after = yield* counted
        assert.deepStrictEqual([after["corral.trees idle"], after["corral.trees stopping"], after["corral.strays"]], [1n, 0n, 3n])
      }),
    ),
  )

  it.live("have no name of a thread, a project or a person in them", () =>
    counting(() =>
      Effect.gen(function* () {
        const { treeId } = yield* wake(1)
        yield* recordCertificate(proofOf(1, treeId))
        assert.notMatch(Object.keys(yield* counted).join("\n"), new RegExp(`${thread(1)}|Thread 1|tre_|test`))
      }),
    ),
  )
})
