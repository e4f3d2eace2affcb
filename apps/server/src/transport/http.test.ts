import { writeFileSync } from "node:fs"
import { request } from "node:http"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { running, type Running } from "./serve.test-support.ts"

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** As it stands: no client of ours would send some of these paths. */
const get = ({ address }: Running, path: string, { method = "GET", ...headers }: Readonly<Record<string, string>> = {}) =>
  Effect.promise(
    () =>
      new Promise<Answer>((resolve, reject) => {
        const { hostname, port } = new URL(address)
        const asked = request({ hostname, port, path, method, headers }, (response) => {
          let body = ""
          response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk))
          response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
        })
        asked.on("error", reject).end()
      }),
  )

const bearer = ({ token }: Running) => ({ authorization: `Bearer ${token}` })

describe("the app", () => {
  it.live("is served with its types; hashed files for ever, its page asked for each time", () =>
    Effect.gen(function* () {
      const server = yield* running
      const page = yield* get(server, "/", bearer(server))
      assert.deepInclude(page, { status: 200, body: "<p>the app</p>" })
      assert.deepInclude(page.headers, { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" })
      const script = yield* get(server, "/assets/main-abc123.js", bearer(server))
      assert.deepInclude(script.headers, {
        "content-type": "text/javascript; charset=utf-8",
        "cache-control": "public, max-age=31536000, immutable",
      })
    }),
  )

  it.live("is not sent again to whom it is known, until it changes", () =>
    Effect.gen(function* () {
      const server = yield* running
      const etag = String((yield* get(server, "/", bearer(server))).headers["etag"])
      assert.deepInclude(yield* get(server, "/", { ...bearer(server), "if-none-match": etag }), { status: 304, body: "" })
      writeFileSync(join(server.home, "app", "index.html"), "<p>the new app</p>")
      assert.strictEqual((yield* get(server, "/", { ...bearer(server), "if-none-match": etag })).status, 200)
    }),
  )

  it.live("answers for every place in it, and not for a file that is not there", () =>
    Effect.gen(function* () {
      const server = yield* running
      assert.strictEqual((yield* get(server, "/threads/thr_1?x=1", bearer(server))).body, "<p>the app</p>")
      assert.strictEqual((yield* get(server, "/assets/gone.js", bearer(server))).status, 404)
      assert.deepInclude(yield* get(server, "/", { ...bearer(server), method: "HEAD" }), { status: 200, body: "" })
      assert.strictEqual((yield* get(server, "/", { ...bearer(server), method: "POST" })).status, 405)
    }),
  )

  it.live.each(["/../token", "/%2e%2e/token", "/..%2ftoken", "/assets/../../token", "/%00", "/%", "//", "/.hidden", "/..\\token"])(
    "gives nothing from outside its folder: %s",
    (path) =>
      Effect.gen(function* () {
        const server = yield* running
        const { status, body } = yield* get(server, path, bearer(server))
        assert.notInclude(body, server.token)
        assert.isTrue(status === 404 || body === "<p>the app</p>")
      }),
  )

  it.live("loads nothing from elsewhere and sends nothing elsewhere", () =>
    Effect.gen(function* () {
      const server = yield* running
      const { host } = new URL(server.address)
      const policy = String((yield* get(server, "/", bearer(server))).headers["content-security-policy"])
      assert.include(policy, "default-src 'none'")
      assert.include(policy, `connect-src 'self' ws://${host}`)
      assert.notMatch(policy, /unsafe|\*|https:/)
    }),
  )
})

describe("a request", () => {
  it.live("from a browser that is not signed in gets a page that says what to do", () =>
    Effect.gen(function* () {
      const server = yield* running
      const { status, body } = yield* get(server, "/")
      assert.strictEqual(status, 401)
      assert.include(body, "Run <code>corral</code>")
      assert.strictEqual((yield* get(server, "/assets/main-abc123.js")).status, 401)
      assert.strictEqual((yield* get(server, "/", { authorization: "Bearer wrong" })).status, 401)
    }),
  )

  it.live.each(["evil.example", "evil.example:4150", "127.0.0.1", "127.0.0.1:1"])("to another host is refused: %s", (host) =>
    Effect.gen(function* () {
      const server = yield* running
      assert.notInclude([200, 304], (yield* get(server, "/", { ...bearer(server), host })).status)
      assert.notInclude([200, 304], (yield* get(server, "/health", { host })).status)
    }),
  )

  it.live("by the name localhost is ours too", () =>
    Effect.gen(function* () {
      const server = yield* running
      const { port } = new URL(server.address)
      assert.strictEqual((yield* get(server, "/", { ...bearer(server), host: `localhost:${port}` })).status, 200)
      assert.strictEqual((yield* get(server, "/", { ...bearer(server), origin: `http://localhost:${port}` })).status, 200)
      assert.strictEqual((yield* get(server, "/", { ...bearer(server), origin: `http://localhost:1` })).status, 403)
    }),
  )

  it.live("for its health is answered to anybody here, without secrets", () =>
    Effect.gen(function* () {
      const server = yield* running
      const { status, body } = yield* get(server, "/health")
      assert.strictEqual(status, 200)
      assert.deepStrictEqual(JSON.parse(body), { ok: true, version: "1.2.3", pid: process.pid })
    }),
  )
})

describe("a link", () => {
  it.live("signs one browser in, once", () =>
    Effect.gen(function* () {
      const server = yield* running
      const path = server.link().slice(server.address.length)
      const first = yield* get(server, path)
      assert.deepInclude(first, { status: 303 })
      assert.strictEqual(first.headers["location"], "/")
      const [set = ""] = first.headers["set-cookie"] ?? []
      for (const part of [`corral_${new URL(server.address).port}=`, "HttpOnly", "SameSite=Strict"]) assert.include(set, part)
      assert.notInclude(set, server.token)
      const [cookie = ""] = set.split(";")
      assert.strictEqual((yield* get(server, "/", { cookie: `other=1; ${cookie}` })).body, "<p>the app</p>")
      assert.strictEqual((yield* get(server, "/", { cookie: `${cookie}x` })).status, 401)
      const again = yield* get(server, path)
      assert.strictEqual(again.status, 410)
      assert.include(again.body, "used")
      assert.strictEqual((yield* get(server, path, { cookie })).status, 303)
    }),
  )
})
