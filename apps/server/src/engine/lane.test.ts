// What a lane makes of a disk that hangs. The rest of it is told by deliver.test.ts.
import { ThreadId } from "@corral/contracts/ids"
import type { Intent } from "@corral/contracts/intent"
import { assert, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { Lane } from "./lane.ts"

const threadId = ThreadId.make("thr_1")
const owed = (n: number, intent: Intent) => ({ n, at: 1, intent })

it.effect("an intent that is settled twice, for the disk hung when a stop overtook it, takes no other with it", () =>
  Effect.gen(function* () {
    const disk = yield* Deferred.make<void>()
    const done: string[] = []
    const hand = (intent: Intent) => Effect.sync(() => void done.push(intent._tag))
    const lane = new Lane({ hand, settle: (n) => (n === 1 ? Deferred.await(disk) : Effect.void), onEmpty: () => undefined })
    lane.add(owed(1, { _tag: "runtime.tune", threadId }))
    lane.add(owed(2, { _tag: "thread.delete", threadId }))
    const work = yield* Effect.forkChild(lane.empty)
    yield* TestClock.adjust("1 second")
    lane.add(owed(3, { _tag: "runtime.stop", threadId, reason: "delete", askedBy: "test" }))
    yield* TestClock.adjust("3 seconds")
    yield* Deferred.succeed(disk, undefined)
    yield* Fiber.join(work)
    assert.deepStrictEqual(done, ["runtime.tune", "runtime.stop", "runtime.tune", "thread.delete"])
    assert.deepStrictEqual(lane.debts, [])
  }),
)
