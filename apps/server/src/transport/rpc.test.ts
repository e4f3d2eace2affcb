import { maxFrameBytes } from "@corral/contracts/limits"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { WebSocket } from "ws"
import { furnish, rename, thread } from "../engine/engine.test-support.ts"
import { connected, running, Wire, type Frame, type Running } from "./serve.test-support.ts"

const tag = (frame: Frame) => {
  const { error } = frame
  return typeof error === "object" && error !== null && "tag" in error ? String(error.tag) : undefined
}

const status = (id: number) => ({ id, call: "status", with: {} })

const ask = (wire: Wire, frame: Frame) => Effect.promise(() => wire.ask(frame))

describe("a frame that cannot be used", () => {
  it.live.each<readonly [string, unknown, string]>([
    ["is half of one", '{"id":1,"call":', "BadFrame"],
    ["is a list", [], "BadFrame"],
    ["has no id", { call: "status", with: {} }, "BadFrame"],
    ["has a text for its id", { id: "1", call: "status", with: {} }, "BadFrame"],
    ["asks for nothing", { id: 1 }, "BadFrame"],
    ["is binary", Buffer.from("{}"), "BadFrame"],
    ["names no call of ours", { id: 1, call: "format-disk", with: {} }, "UnknownMethod"],
    ["names something that every object has", { id: 1, call: "constructor", with: {} }, "UnknownMethod"],
    ["names no stream of ours", { id: 1, watch: "nothing", with: {} }, "UnknownMethod"],
    ["has a payload of another shape", { id: 1, call: "thread", with: { threadId: 7 } }, "BadPayload"],
    ["has no payload", { id: 1, watch: "thread" }, "BadPayload"],
    ["asks for a thread that is not there", { id: 1, watch: "thread", with: { threadId: "thr_x", after: null } }, "NotFound"],
    ["names nobody to be ended", { id: 1, call: "planEnd", with: { named: [] } }, "BadPayload"],
    ["names more than a person chooses", { id: 1, call: "planEnd", with: { named: Array(101).fill({ pid: 2, start: 3 }) } }, "BadPayload"],
    ["asks for a hand's command", { id: 1, call: "dispatch", with: { commandId: "c", command: { _tag: "turn.record" } } }, "BadPayload"],
  ])("because it %s is refused by name, and the connection lives on", ([, frame, expected]) =>
    Effect.gen(function* () {
      const wire = yield* connected(yield* running)
      wire.send(frame)
      assert.strictEqual(tag(yield* Effect.promise(() => wire.next())), expected)
      assert.deepInclude(yield* ask(wire, status(2)), { id: 2 })
    }),
  )

  it.live("because its id is in use is refused, and what has the id goes on", () =>
    Effect.gen(function* () {
      const wire = yield* connected(yield* running)
      yield* ask(wire, { id: 1, watch: "shell", with: {} })
      assert.strictEqual(tag(yield* ask(wire, status(1))), "BadFrame")
      assert.deepInclude(yield* ask(wire, { id: 1, unwatch: true }), { end: null })
    }),
  )

  it.live("because it is too large ends its connection with a reason, and nobody else's", () =>
    Effect.gen(function* () {
      const server = yield* running
      const [wire, other] = yield* Effect.all([connected(server), connected(server)])
      wire.send("x".repeat(maxFrameBytes + 1))
      assert.deepStrictEqual(yield* Effect.promise(() => wire.closed), {
        code: 1009,
        reason: `A frame may have ${maxFrameBytes} bytes at most.`,
      })
      assert.deepInclude(yield* ask(other, status(1)), { id: 1 })
    }),
  )

  it.live("is told from one that is just as large as allowed", () =>
    Effect.gen(function* () {
      const wire = yield* connected(yield* running)
      const frame = JSON.stringify({ id: 1, call: "nothing", with: "" })
      wire.send(frame.replace('""', `"${"x".repeat(maxFrameBytes - frame.length)}"`))
      assert.strictEqual(tag(yield* Effect.promise(() => wire.next())), "UnknownMethod")
    }),
  )
})

describe("a call", () => {
  it.live("that breaks is answered as a defect, and the server lives on", () =>
    Effect.gen(function* () {
      const wire = yield* connected(yield* running)
      assert.strictEqual(tag(yield* ask(wire, { id: 1, call: "providers", with: { refresh: true } })), "Defect")
      assert.deepInclude(yield* ask(wire, status(2)), { id: 2 })
    }),
  )

  it.live("that needs what is away is refused as unavailable, with the reason", () =>
    Effect.gen(function* () {
      const server = yield* running
      server.scene.look = "cannot"
      const { error } = yield* ask(yield* connected(server), { id: 1, call: "count", with: {} })
      assert.deepStrictEqual(error, { tag: "Unavailable", message: "What runs could not be seen: the supervisor is away." })
    }),
  )

  it.live("that carries out a plan which waits no more finds none; one that could not be done is unavailable", () =>
    Effect.gen(function* () {
      const wire = yield* connected(yield* running)
      const planned = yield* ask(wire, { id: 1, call: "planEnd", with: { named: [{ pid: 7, start: 70 }] } })
      assert.deepInclude(planned["ok"], { planId: "plan_1" })
      assert.strictEqual(tag(yield* ask(wire, { id: 2, call: "end", with: { planId: "plan_unknown" } })), "NotFound")
      assert.strictEqual(tag(yield* ask(wire, { id: 3, call: "end", with: { planId: "plan_1" } })), "Unavailable")
    }),
  )

  it.live("is answered out of a thousand that were sent at once, and every order of them is done", () =>
    Effect.gen(function* () {
      const server = yield* running
      yield* server.run(furnish(1))
      const wire = yield* connected(server)
      for (let id = 1; id <= 1000; id++) {
        wire.send({ id, call: "dispatch", with: { commandId: `c_${id}`, command: rename(1, `Title ${id}`) } })
      }
      const last = yield* Effect.promise(() => wire.next(({ id }) => id === 1000))
      assert.deepInclude(last["ok"], { _tag: "accepted" })
      assert.strictEqual(server.engine.thread(thread(1))?.title, "Title 1000")
      assert.strictEqual(wire.frames.length, 999)
    }),
  )
})

describe("a client", () => {
  const upgrade = (server: Running, headers: Record<string, string>, query = "") =>
    Effect.promise(
      () =>
        new Promise<number | Wire>((resolve) => {
          const socket = new WebSocket(`${server.address.replace("http", "ws")}/rpc${query}`, { headers })
          const wire = new Wire(socket)
          socket.on("unexpected-response", (_, response) => resolve(response.statusCode ?? 0))
          socket.on("open", () => resolve(wire))
        }),
    )
  /** The status of a refused upgrade; or the refusal in words and the code of the close. */
  const refusal = (server: Running, headers: Record<string, string>, query?: string) =>
    Effect.flatMap(upgrade(server, headers, query), (wire) =>
      Effect.promise(async () => (wire instanceof Wire ? `${tag(await wire.next())} ${(await wire.closed).code}` : wire)),
    )

  it.live("is let in by the token, and by nothing else", () =>
    Effect.gen(function* () {
      const server = yield* running
      const right = { authorization: `Bearer ${server.token}` }
      const own = { origin: server.address }
      assert.instanceOf(yield* upgrade(server, { ...right, ...own }), Wire)
      assert.strictEqual(yield* refusal(server, {}), 401)
      assert.strictEqual(yield* refusal(server, { authorization: "Bearer wrong" }), 401)
      assert.strictEqual(yield* refusal(server, own), "Unauthorized 4401")
      assert.strictEqual(yield* refusal(server, { ...right, origin: "http://evil.example" }), 403)
      assert.strictEqual(yield* refusal(server, { ...right, host: "evil.example" }), 403)
      assert.strictEqual(yield* refusal(server, { ...right, host: `evil.example:${new URL(server.address).port}` }), 403)
    }),
  )

  it.live("of another version is refused by name", () =>
    Effect.gen(function* () {
      const server = yield* running
      const right = { authorization: `Bearer ${server.token}` }
      assert.strictEqual(yield* refusal(server, right, "?version=2"), "WrongVersion 4426")
      assert.instanceOf(yield* upgrade(server, right, "?version=1"), Wire)
    }),
  )
})
