import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Engine } from "../engine/engine.ts"
import { order, thread, wake } from "../engine/engine.test-support.ts"
import { onStage, proofOf, runtimeOf } from "./played.test-support.ts"
import { recordCertificate } from "./record.ts"

const stuck = { outcome: "stuck", left: 2 } as const

describe("a certificate", () => {
  it.live("that answers the next stop with the survivors of then ends that stop: the thread is stuck, and does not hang", () =>
    onStage(() =>
      Effect.gen(function* () {
        const { treeId } = yield* wake(1)
        yield* recordCertificate(proofOf(1, treeId, stuck))
        yield* order({ _tag: "runtime.stop", threadId: thread(1) })
        assert.strictEqual((yield* runtimeOf(1)).state, "stopping")
        yield* recordCertificate(proofOf(1, treeId, stuck))
        assert.deepInclude(yield* runtimeOf(1), { state: "stuck", stopping: null })
      }),
    ),
  )

  it.live("that comes twice is on record once", () =>
    onStage(() =>
      Effect.gen(function* () {
        const { treeId } = yield* wake(1)
        yield* recordCertificate(proofOf(1, treeId))
        const seq = (yield* Engine).seq()
        yield* recordCertificate(proofOf(1, treeId))
        assert.strictEqual((yield* Engine).seq(), seq)
        assert.strictEqual((yield* runtimeOf(1)).state, "asleep")
      }),
    ),
  )
})
