import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, assert, beforeEach, describe, it } from "@effect/vitest"
import { Auth } from "./auth.ts"

let home: string
let now: number
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "corral-auth-"))
  now = 1
})
afterEach(() => rmSync(home, { recursive: true }))

const fresh = () => new Auth(home, 4150, () => now)
const codeOf = (auth: Auth) => auth.link().split("=")[1] ?? ""

describe("a home", () => {
  it("has one token, for its owner alone", () => {
    fresh()
    const token = readFileSync(join(home, "token"), "utf8")
    assert.match(token, /^[\w-]{43}\n$/)
    assert.strictEqual((statSync(join(home, "token")).mode & 0o777).toString(8), "600")
    fresh()
    assert.strictEqual(readFileSync(join(home, "token"), "utf8"), token)
  })
})

describe("a program that has the token", () => {
  const asks = (headers: Readonly<Record<string, string>>) => {
    const auth = fresh()
    const authorization = `Bearer ${readFileSync(join(home, "token"), "utf8").trim()}`
    return [auth.caller({ headers: { authorization, ...headers } }), auth.caller({ headers })]
  }

  it("is the command line where it says so, and nobody without the token, whatever it says", () => {
    assert.deepStrictEqual(asks({}), ["token", undefined])
    assert.deepStrictEqual(asks({ "x-corral-client": "cli" }), ["cli", undefined])
    assert.deepStrictEqual(asks({ "x-corral-client": "browser" }), ["token", undefined])
  })
})

describe("a link", () => {
  it("is good for ten minutes", () => {
    const auth = fresh()
    const [early, late] = [codeOf(auth), codeOf(auth)]
    now += 10 * 60 * 1000
    assert.isDefined(auth.redeem(early))
    now += 1
    assert.isUndefined(auth.redeem(late))
  })

  it("is good once", () => {
    const auth = fresh()
    const code = codeOf(auth)
    assert.isDefined(auth.redeem(code))
    assert.isUndefined(auth.redeem(code))
  })

  it("that nobody uses is void after a hundred others", () => {
    const auth = fresh()
    const oldest = codeOf(auth)
    const others = Array.from({ length: 100 }, () => codeOf(auth))
    assert.isUndefined(auth.redeem(oldest))
    assert.isDefined(auth.redeem(others[0] ?? ""))
  })

  it("of no code at all is nothing", () => {
    assert.isUndefined(fresh().redeem(""))
  })
})
