import { describe, expect, it } from "vitest"
import { titleFrom, untitled } from "./title.ts"

describe("a made title", () => {
  it("is the first line that says something", () => {
    expect(titleFrom("\n\n  Fix the login  \nIt fails on Fridays.")).toBe("Fix the login")
  })

  it("has single spaces", () => {
    expect(titleFrom("Fix\tthe   login")).toBe("Fix the login")
  })

  it("is cut at a word, and says so", () => {
    const title = titleFrom("Please find out why the login page fails on Fridays after lunch")
    expect(title).toBe("Please find out why the login page fails on Fridays after…")
    expect(title.length).toBeLessThanOrEqual(60)
  })

  it("keeps a line of exactly sixty characters whole", () => {
    expect(titleFrom("y".repeat(60))).toBe("y".repeat(60))
  })

  it("is cut inside a word that is too long", () => {
    const title = titleFrom("x".repeat(61))
    expect(title).toBe(`${"x".repeat(59)}…`)
  })

  it("never ends in half a character", () => {
    const title = titleFrom(`${"x".repeat(58)}🐎🐎`)
    expect(title).toBe(`${"x".repeat(58)}…`)
  })

  it("of nothing but space and control characters is the one for the time being", () => {
    expect(titleFrom(" \u0007 ")).toBe(untitled)
  })
})
