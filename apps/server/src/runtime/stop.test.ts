import { TreeId } from "@corral/contracts/ids"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Engine } from "../engine/engine.ts"
import { order, start, thread, wake } from "../engine/engine.test-support.ts"
import { onStage, runtimeOf } from "./played.test-support.ts"
import { stopRuntime } from "./stop.ts"

const threadOne = Effect.map(Engine, (engine) => engine.thread(thread(1)))
const stop = order({ _tag: "runtime.stop", threadId: thread(1) })
const launching = Effect.flatMap(Engine, (engine) =>
  engine.record({ _tag: "runtime.record-waking", threadId: thread(1), generation: 1, treeId: TreeId.make("tre_1") }),
)

/** The supervisor knows of no tree. */
const onEmptyMachine = <A, E>(work: Parameters<typeof onStage<A, E>>[0]) =>
  onStage((played) => {
    played.answers.stop = () => null
    return work(played)
  })

describe("a stop of which the supervisor knows no tree", () => {
  it.live("says of an agent that had run that the record of its processes is lost, with the next step", () =>
    onEmptyMachine(() =>
      Effect.gen(function* () {
        yield* wake(1)
        yield* stop
        assert.isNull(yield* stopRuntime(thread(1), "stop"))
        assert.strictEqual((yield* runtimeOf(1)).state, "asleep")
        const { lastError } = (yield* threadOne) ?? {}
        for (const part of ["record of its processes was lost", "corral sweep"]) assert.include(lastError ?? "", part)
        assert.notInclude(lastError ?? "", "before the agent had started")
      }),
    ),
  )

  it.live("tells it by the turn that the stop ended, too", () =>
    onEmptyMachine(() =>
      Effect.gen(function* () {
        yield* order(start(1, 1))
        yield* wake(1)
        yield* stop
        yield* stopRuntime(thread(1), "stop")
        const after = yield* threadOne
        assert.strictEqual(after?.lastOutcome, "interrupted")
        assert.include(after?.lastError ?? "", "record of its processes was lost")
      }),
    ),
  )

  it.live("says of a wake that was cut off that the agent had not started", () =>
    onEmptyMachine(() =>
      Effect.gen(function* () {
        yield* launching
        yield* stopRuntime(thread(1), "server-lost")
        assert.strictEqual((yield* threadOne)?.lastError, "It was stopped before the agent had started.")
        assert.strictEqual((yield* runtimeOf(1)).state, "asleep")
      }),
    ),
  )

  it.live("has nothing to say of a wake that was cut off because a person wanted that", () =>
    onEmptyMachine(() =>
      Effect.gen(function* () {
        yield* launching
        yield* stop
        yield* stopRuntime(thread(1), "stop")
        assert.isNull((yield* threadOne)?.lastError)
        assert.strictEqual((yield* runtimeOf(1)).state, "asleep")
      }),
    ),
  )

  it.live("changes nothing of a thread that sleeps", () =>
    onEmptyMachine(() =>
      Effect.gen(function* () {
        const before = yield* threadOne
        yield* stopRuntime(thread(1), "archive")
        assert.strictEqual(yield* threadOne, before)
      }),
    ),
  )
})
