import { describe, expect, it } from "vitest"
import { bearsTokens, wishOf } from "./tier.ts"

describe("a tier that is asked for", () => {
  it("is known by its name and by the one on certificates; nothing is the token", () => {
    expect([wishOf("sealed"), wishOf("linux-sealed"), wishOf("linux-ps"), wishOf("auto")]).toEqual(["sealed", "sealed", "ps", "auto"])
    expect([wishOf(undefined), wishOf("")]).toEqual(["token", "token"])
  })

  it("is nothing where there is none of that name", () => {
    expect([wishOf("steel"), wishOf("linux-"), wishOf("constructor")]).toEqual([null, null, null])
  })
})

describe("tokens", () => {
  it("are borne under every seal and in every leaf, and nowhere where they do not work", () => {
    expect(["linux-token", "linux-sealed", "linux-cgroup"].every(bearsTokens)).toBe(true)
    expect(["linux-plain", "linux-ps", "darwin"].some(bearsTokens)).toBe(false)
  })
})
