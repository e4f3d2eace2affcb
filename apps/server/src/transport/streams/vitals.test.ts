import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { connected, running } from "../serve.test-support.ts"

describe("the vitals stream", () => {
  it.live("looks once for all who watch, and not at all when nobody does", () =>
    Effect.gen(function* () {
      const server = yield* running
      const [one, two] = yield* Effect.all([connected(server), connected(server)])
      assert.strictEqual(server.scene.looks, 0)
      for (const wire of [one, two]) wire.send({ id: 1, watch: "vitals", with: {} })
      yield* Effect.promise(() => two.next())
      assert.isAtMost(server.scene.looks, 2)
      yield* Effect.promise(() => one.ask({ id: 1, unwatch: true }))
      yield* Effect.promise(() => two.ask({ id: 1, unwatch: true }))
      const { looks } = server.scene
      yield* Effect.sleep("1200 millis")
      assert.strictEqual(server.scene.looks, looks)
    }),
  )

  it.live("ends with the reason when nothing can be seen, and looks again when asked again", () =>
    Effect.gen(function* () {
      const server = yield* running
      const wire = yield* connected(server)
      server.scene.look = "cannot"
      wire.send({ id: 1, watch: "vitals", with: {} })
      const ended = yield* Effect.promise(() => wire.next())
      assert.deepStrictEqual(ended["end"], { tag: "Unavailable", message: "What runs could not be seen: the supervisor is away." })
      server.scene.look = "sees"
      wire.send({ id: 2, watch: "vitals", with: {} })
      assert.deepInclude(yield* Effect.promise(() => wire.next()), { id: 2 })
    }),
  )
})
