import { copyFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Store } from "../store/store.ts"
import { Engine } from "./engine.ts"
import { furnish, onHome, order, record, rename, start, temporaryHome, text, thread, wake } from "./engine.test-support.ts"

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

  it.effect("that crashed before there was a moment of rest finds everything as it was, all but what was deleted for good", () =>
    Effect.gen(function* () {
      const [home, crashed] = [yield* temporaryHome, yield* temporaryHome]
      const crash = Effect.gen(function* () {
        const store = yield* Store
        assert.deepStrictEqual(yield* store.read(({ snapshots }) => snapshots.threads()), [])
        for (const name of ["corral.db", "corral.db-wal"]) copyFileSync(join(home, name), join(crashed, name))
      })
      const removed = Effect.andThen(
        order({ _tag: "thread.delete", threadId: thread(2) }),
        Effect.flatMap(Engine, (engine) => engine.drop(thread(2))),
      )
      const before = yield* onHome(
        home,
        Effect.andThen(
          Effect.andThen(lived, removed),
          Effect.tap(state, () => crash),
        ),
      )
      assert.deepStrictEqual(before.tally, { active: 2, archived: 0, deleted: 0 })
      assert.deepStrictEqual(yield* onHome(crashed, state), before)
      assert.deepStrictEqual(yield* onHome(home, state), before)
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
