// What no client of ours sends: each is answered by a typed refusal, and the connection, or at least the server, lives on.
import { once } from "node:events"
import { request } from "node:http"
import type { WebSocket } from "ws"
import { describe, expect } from "vitest"
import { maxFrameBytes } from "@corral/contracts/limits"
import { within } from "../agents/deadline.ts"
import { isJson, parseJson, type Json } from "../agents/stub-api/json.ts"
import { openLine, type Corral } from "./corral.ts"
import { story } from "./story.ts"

const soonMillis = 15_000

interface RawLine {
  readonly socket: WebSocket
  /** The next frame that is not the hello. */
  readonly next: () => Promise<Json>
}

const openRaw = async ({ address, token }: Corral): Promise<RawLine> => {
  const socket = openLine(address, token)
  const frames: Json[] = []
  const waiting: ((frame: Json) => void)[] = []
  const hello = new Promise<void>((resolve, reject) => {
    socket.once("error", reject)
    socket.on("message", (message) => {
      const frame = parseJson(Buffer.isBuffer(message) ? message.toString() : "")
      if (isJson(frame["hello"])) return resolve()
      const taker = waiting.shift()
      if (taker === undefined) frames.push(frame)
      else taker(frame)
    })
  })
  await within(hello, { what: "hello", withinMillis: soonMillis })
  const frame = () => new Promise<Json>((resolve) => waiting.push(resolve))
  return { socket, next: () => Promise.resolve(frames.shift() ?? within(frame(), { what: "an answer", withinMillis: soonMillis })) }
}

/** The status code with which an upgrade of these headers is answered: 101 lets it in. */
const upgradeStatus = async (address: string, headers: Readonly<Record<string, string>>): Promise<number> => {
  const upgrade = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
  }
  const asked = request(`${address}/rpc`, { headers: { ...upgrade, ...headers } })
  asked.end()
  const answered = Promise.race([
    once(asked, "response").then(([response]) => Number(response.statusCode)),
    once(asked, "upgrade").then(() => 101),
    once(asked, "error").then(() => 0),
  ])
  const status = await within(answered, { what: "an answer to the upgrade", withinMillis: soonMillis })
  asked.destroy()
  return status
}

describe("a frame that is no frame", () => {
  story("is refused by name, and the connection lives on", async ({ scene }) => {
    const corral = await scene.start()
    const { socket, next } = await openRaw(corral)
    const expectRefusal = async (sent: string | Buffer, refused: Json) => {
      socket.send(sent)
      expect(await next()).toMatchObject(refused)
      socket.send(JSON.stringify({ id: 99, call: "status", with: {} }))
      expect(await next()).toMatchObject({ id: 99, ok: { home: scene.home } })
    }
    await expectRefusal('{"id":1,"call":', { id: null, error: { tag: "BadFrame" } })
    await expectRefusal("[]", { id: null, error: { tag: "BadFrame" } })
    await expectRefusal(Buffer.from([1, 2, 3]), { id: null, error: { tag: "BadFrame" } })
    await expectRefusal('{"id":2,"call":"format-disk","with":{}}', { id: 2, error: { tag: "UnknownMethod" } })
    await expectRefusal('{"id":3,"watch":"nothing","with":{}}', { id: 3, error: { tag: "UnknownMethod" } })
    await expectRefusal('{"id":4,"call":"thread","with":{"threadId":7}}', { id: 4, error: { tag: "BadPayload" } })
    await expectRefusal('{"id":5,"call":"thread","with":{"threadId":"thr_nobody"}}', { id: 5, error: { tag: "NotFound" } })
    const dispatch = { commandId: "cmd_1", command: { _tag: "runtime.record-failed", threadId: "thr_x", generation: 1, error: "x" } }
    await expectRefusal(JSON.stringify({ id: 6, call: "dispatch", with: dispatch }), { id: 6, error: { tag: "BadPayload" } })
    socket.close()
  })

  story("over the limit is refused, and the server lives on for everybody", async ({ scene }) => {
    const corral = await scene.start()
    const { socket, next } = await openRaw(corral)
    socket.on("error", () => {})
    const ended = once(socket, "close").then(() => ({ error: { tag: "FrameTooLarge" } }))
    socket.send(JSON.stringify({ id: 1, call: "status", with: { much: "x".repeat(maxFrameBytes) } }))
    const answer = await Promise.race([next(), ended])
    expect(answer).toMatchObject({ error: { tag: "FrameTooLarge" } })
    socket.close()
    expect(await corral.client.call("status", {})).toMatchObject({ pid: corral.pid })
  })
})

describe("a client that may not", () => {
  story("does not get in: wrong token, none, foreign Host, foreign Origin", async ({ scene }) => {
    const { address, token } = await scene.start()
    const right = { authorization: `Bearer ${token}` }
    expect(await upgradeStatus(address, right)).toBe(101)
    expect(await upgradeStatus(address, {})).toBe(401)
    expect(await upgradeStatus(address, { authorization: "Bearer wrong" })).toBe(401)
    expect(await upgradeStatus(address, { authorization: `Bearer ${token}x` })).toBe(401)
    expect(await upgradeStatus(address, { ...right, host: "corral.example" })).toBe(403)
    expect(await upgradeStatus(address, { ...right, origin: "http://corral.example" })).toBe(403)
  })
})
