// Ids made by a client.
import { describe, expect, it } from "vitest"
import { isId, isProviderId, newId } from "./ids.ts"

describe("a new id", () => {
  it("bears its prefix and is never made twice", () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newId("thr")))
    expect(ids.size).toBe(10_000)
    expect([...ids].every((id) => /^thr_[0-9a-z]{16}$/.test(id) && isId("thr", id))).toBe(true)
  })

  it("is told from ids of other things and from other text", () => {
    expect(isId("thr", newId("prj"))).toBe(false)
    expect(isId("thr", "thr_ with spaces")).toBe(false)
    expect(isProviderId("claude")).toBe(true)
    expect(isProviderId("")).toBe(false)
  })
})
