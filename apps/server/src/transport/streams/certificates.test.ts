import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { certificate } from "../../store/certificate.test-support.ts"
import { connected, running } from "../serve.test-support.ts"

describe("the certificates stream", () => {
  it.live("carries each certificate from the moment it is kept", () =>
    Effect.gen(function* () {
      const server = yield* running
      const wire = yield* connected(server)
      wire.send({ id: 1, watch: "certificates", with: {} })
      yield* Effect.promise(() => wire.ask({ id: 2, call: "projects", with: {} }))
      server.scene.prove(certificate(1))
      assert.deepStrictEqual(yield* Effect.promise(() => wire.next()), { id: 1, item: certificate(1) })
      yield* Effect.promise(() => wire.ask({ id: 1, unwatch: true }))
      server.scene.prove(certificate(2))
      yield* Effect.promise(() => wire.ask({ id: 3, call: "projects", with: {} }))
      assert.deepStrictEqual(wire.frames, [])
    }),
  )
})
