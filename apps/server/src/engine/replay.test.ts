import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Store } from "../store/store.ts"
import { Engine } from "./engine.ts"
import { furnish, onFreshHome, onHome, order, record, rename, start, temporaryHome, text, thread, wake } from "./engine.test-support.ts"

const state = Effect.map(Engine, (engine) => ({
  threads: [...engine.threads()],
  projects: engine.projects(),
  seq: engine.seq(),
  tally: { ...engine.tally() },
}))

const lived = Effect.gen(function* () {
  yield* furnish(3)
  yield* order(rename(1, "One"))
  yield* order({ _tag: "thread.archive", threadId: thread(2) })
  yield* order(start(3, 1))
  yield* wake(3)
  yield* record(3, [text(1, "hello")])
})

describe("a server that starts again", () => {
  it.effect("finds everything as it was", () =>
    Effect.gen(function* () {
      const home = yield* temporaryHome
      const before = yield* onHome(home, Effect.andThen(lived, state))
      assert.deepStrictEqual(yield* onHome(home, state), before)
      assert.deepStrictEqual(before.tally, { active: 2, archived: 1, deleted: 0 })
    }),
  )

  it.effect("makes the same state from the log where the snapshots are of another shape", () =>
    Effect.gen(function* () {
      const home = yield* temporaryHome
      const spoil = Effect.flatMap(Store, (store) =>
        store.write(({ meta, snapshots }) => {
          snapshots.clear()
          meta.set("snapshot-shape", "0")
        }),
      )
      const before = yield* onHome(
        home,
        Effect.andThen(
          lived,
          Effect.tap(state, () => spoil),
        ),
      )
      assert.deepStrictEqual(yield* onHome(home, state), before)
      assert.deepStrictEqual(yield* onHome(home, state), before)
    }),
  )

  it.effect("remembers which certificate of the supervisor was the last", () =>
    Effect.gen(function* () {
      const home = yield* temporaryHome
      const number = Effect.map(Engine, (engine) => engine.certificateSeq())
      assert.strictEqual(yield* onHome(home, number), 0)
      yield* onHome(
        home,
        Effect.flatMap(Engine, (engine) => engine.setCertificateSeq(7)),
      )
      assert.strictEqual(yield* onHome(home, number), 7)
    }),
  )
})

describe("letting go of a thread", () => {
  it.effect("leaves nothing of a deleted one, and its name free", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        const engine = yield* Engine
        yield* order({ _tag: "thread.delete", threadId: thread(1) })
        assert.strictEqual(engine.thread(thread(1))?.status, "deleted")
        yield* engine.drop(thread(1))
        assert.isUndefined(engine.thread(thread(1)))
        const left = yield* (yield* Store).read((tables) => [tables.events.after(thread(1), 0, 9), tables.snapshots.threads()])
        assert.deepStrictEqual(left, [[], []])
      }),
    ),
  )

  it.effect("does not touch one that is not deleted", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* (yield* Engine).drop(thread(1))
        assert.strictEqual((yield* Engine).thread(thread(1))?.status, "active")
      }),
    ),
  )
})
