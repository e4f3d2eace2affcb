import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Engine } from "../engine/engine.ts"
import { wake } from "../engine/engine.test-support.ts"
import { onStage, proofOf, runtimeOf } from "./played.test-support.ts"
import { Proofs } from "./proofs.ts"

const known = Effect.map(Engine, (engine) => engine.certificateSeq())
const settled = Effect.flatMap(Proofs, (proofs) => proofs.settled)

describe("a certificate that was told", () => {
  it.live("and could not be kept comes home before the next one: no number is passed over", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const trees = [yield* wake(1), yield* wake(2)]
        const ledger = trees.map(({ treeId }, i) => ({ seq: i + 1, certificate: proofOf(i + 1, treeId) }))
        const [first, second] = ledger
        if (first === undefined || second === undefined) return yield* Effect.die(new Error("two were made"))
        played.answers.certificates = ({ after }) => ledger.filter(({ seq }) => seq > after)
        played.full = true
        played.tell({ _tag: "certificate", ...first })
        yield* settled
        assert.strictEqual(yield* known, 0)
        played.full = false
        played.tell({ _tag: "certificate", ...second })
        yield* settled
        assert.deepStrictEqual([(yield* runtimeOf(1)).state, (yield* runtimeOf(2)).state], ["asleep", "asleep"])
        assert.strictEqual(yield* known, 2)
      }),
    ),
  )

  it.live("is taken also where the ones before it are no longer in the ledger", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const { treeId } = yield* wake(1)
        played.answers.certificates = () => []
        played.tell({ _tag: "certificate", seq: 7, certificate: proofOf(1, treeId) })
        yield* settled
        assert.strictEqual((yield* runtimeOf(1)).state, "asleep")
        assert.strictEqual(yield* known, 7)
      }),
    ),
  )

  it.live("late, after a later one was fetched, does not turn the number back", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const { treeId } = yield* wake(1)
        yield* (yield* Engine).setCertificateSeq(3)
        played.tell({
          _tag: "certificate",
          seq: 2,
          certificate: proofOf(1, treeId, { certificateId: "crt_old", left: 1, outcome: "stuck" }),
        })
        yield* settled
        assert.strictEqual(yield* known, 3)
      }),
    ),
  )
})
