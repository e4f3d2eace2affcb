import { describe, expect, it } from "vitest"
import { installOf, mintToken } from "./token.ts"

const never = (): boolean => false
const noLimit = 1n << 63n

describe("a token", () => {
  it("names its install and lies below the limit", () => {
    for (const install of [0, 1, 0xdeadbeef, 0xffffffff]) {
      const token = mintToken(install, noLimit, never)
      expect(BigInt(token ?? 0)).toBeLessThan(1n << 61n)
      expect(installOf(token ?? "")).toBe(install)
    }
  })

  it("lies below the token of the Corral that it is nested in, and still names its own install", () => {
    let ceiling = noLimit
    for (let depth = 0; depth < 12; depth += 1) {
      const token = mintToken(depth, ceiling, never)
      expect(BigInt(token ?? ceiling)).toBeLessThan(ceiling)
      expect(installOf(token ?? "")).toBe(depth)
      ceiling = BigInt(token ?? 0)
    }
  })

  it("is not made where too little room is left", () => {
    expect(mintToken(1, 1n << 48n, never)).toBeNull()
    expect(mintToken(1, 1024n, never)).toBeNull()
  })

  it("is never one that was used", () => {
    const used = new Set<string>()
    for (let n = 0; n < 500; n += 1) {
      const token = mintToken(7, noLimit, (each) => used.has(each)) ?? ""
      expect(used.has(token)).toBe(false)
      used.add(token)
    }
  })

  it.each(["1024", "unlimited", "", "-1", "18446744073709551615", "99999999999999999999999"])("is not what somebody set to %s", (limit) => {
    expect(installOf(limit)).toBeNull()
  })
})
