import { CommandId, ProjectId } from "@corral/contracts/ids"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Engine } from "./engine.ts"
import { onFreshHome, onHome, furnish, order, rename, start, temporaryHome, thread } from "./engine.test-support.ts"

const id = CommandId.make("cmd_once")

describe("a command", () => {
  it.effect("is done once, however often it is sent, and answered with the same receipt", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        const first = yield* order(rename(1, "One"), id)
        const seq = (yield* Engine).seq()
        assert.deepStrictEqual(yield* order(rename(1, "One"), id), first)
        assert.strictEqual((yield* Engine).seq(), seq)
      }),
    ),
  )

  it.effect("sent twice in the same moment is done once", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        const before = (yield* Engine).seq()
        const [first, second] = yield* Effect.all([order(start(1, 1), id), order(start(1, 1), id)], { concurrency: "unbounded" })
        assert.deepStrictEqual(second, first)
        assert.strictEqual(first._tag, "accepted")
        assert.isAbove((yield* Engine).seq(), before)
        assert.strictEqual((yield* Engine).thread(thread(1))?.queue.length, 0)
      }),
    ),
  )

  it.effect("that starts a turn under the id of one that is over is refused: the former keeps its place", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        const engine = yield* Engine
        yield* order(start(1, 1))
        const { turn, runtime } = engine.thread(thread(1)) ?? {}
        if (turn === undefined || turn === null || runtime === undefined) return assert.fail("a turn runs")
        const [threadId, turnId, generation] = [thread(1), turn.turnId, runtime.generation]
        yield* engine.record({ _tag: "turn.complete", threadId, turnId, generation, outcome: "completed", error: null, usage: null })
        assert.isNull(engine.thread(threadId)?.turn)
        const again = yield* order(start(1, 1))
        assert.deepInclude(again, { _tag: "rejected" })
      }),
    ),
  )

  it.effect("keeps its receipt over a restart", () =>
    Effect.gen(function* () {
      const home = yield* temporaryHome
      const first = yield* onHome(home, Effect.andThen(furnish(1), order(rename(1, "One"), id)))
      assert.deepStrictEqual(yield* onHome(home, order(rename(1, "One"), id)), first)
    }),
  )

  it.effect("is refused under an id that was used for another one, and changes nothing", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* order(rename(1, "One"), id)
        const receipt = yield* order(rename(1, "Two"), id)
        assert.strictEqual(receipt._tag === "rejected" && receipt.rejection.reason, "command-id-reused")
        assert.strictEqual((yield* Engine).thread(thread(1))?.title, "One")
      }),
    ),
  )

  it.effect("that was rejected stays rejected, also when it would be accepted by now", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        const unarchive = { _tag: "thread.unarchive", threadId: thread(1) } as const
        const first = yield* order(unarchive, id)
        assert.strictEqual(first._tag === "rejected" && first.rejection.reason, "not-archived")
        yield* order({ _tag: "thread.archive", threadId: thread(1) })
        assert.deepStrictEqual(yield* order(unarchive, id), first)
      }),
    ),
  )

  it.effect("that adds a folder which is not there is rejected with the path in its message", () =>
    onFreshHome(
      0,
      Effect.gen(function* () {
        const receipt = yield* order({ _tag: "project.add", projectId: ProjectId.make("prj_2"), path: "/no/such/folder", name: null })
        assert.include(receipt._tag === "rejected" ? receipt.rejection.message : "", "/no/such/folder")
      }),
    ),
  )
})
