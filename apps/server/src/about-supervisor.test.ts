// What is said of the containment: nothing where all is as it was asked for, and never silence where it is not.
import { describe, expect, it } from "vitest"
import { aboutSupervisor } from "./about-supervisor.ts"

const told = (tier: string, tierReason: string | null = null, tierWish = "token") => ({ tier, tierReason, tierWish })

describe("what is said of the supervisor", () => {
  it("is nothing where it contains as it was asked to", () => {
    expect(aboutSupervisor(told("linux-token"), "token")).toEqual([])
    expect(aboutSupervisor(told("linux-sealed", null, "sealed"), "sealed")).toEqual([])
    expect(aboutSupervisor({ tier: "linux-token", tierReason: null }, "token")).toEqual([])
  })

  it("is that there is none", () => {
    expect(aboutSupervisor(null, "token")).toEqual([expect.stringMatching(/^No supervisor is on the line/)])
  })

  it("names a tier that is lower than was asked for, and why", () => {
    const reason = "sealed cannot be had here: unshare: Operation not permitted"
    expect(aboutSupervisor(told("linux-token", reason, "sealed"), "sealed")).toEqual([
      `Processes are contained by linux-token, which is not what was asked for: ${reason}.`,
    ])
  })

  it("says of the tier that was asked for what it cannot see here", () => {
    expect(aboutSupervisor(told("linux-token", "/proc hides some"), "token")).toEqual([
      "Processes are contained by linux-token, but /proc hides some.",
    ])
  })

  it("says what an incomplete tier can miss", () => {
    expect(aboutSupervisor(told("linux-plain", "no prlimit"), "token")).toEqual([
      expect.stringMatching(/linux-plain only: no prlimit\. .* "0 left" is not certain\.$/),
    ])
  })

  it("does not take an older supervisor, which does not say what it was asked for, for one that seals", () => {
    expect(aboutSupervisor({ tier: "linux-token", tierReason: null }, "sealed")).toHaveLength(1)
  })

  it("says that a supervisor from before keeps its own tier, and what to do", () => {
    expect(aboutSupervisor(told("linux-token"), "sealed")).toEqual([
      expect.stringMatching(/--tier sealed; .* with token \(linux-token\)\..* corral start --tier sealed$/),
    ])
  })
})
