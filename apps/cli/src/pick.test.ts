// Ids as people type them.
import { describe, expect, it } from "vitest"
import { exitCodes, Failure } from "./failure.ts"
import { pick } from "./pick.ts"

const all = [
  { id: "thr_abc", name: "one" },
  { id: "thr_abcd", name: "two" },
  { id: "thr_xyz", name: "three" },
]

describe("picking by what was typed", () => {
  it("takes a prefix, with or without thr_", () => {
    expect(pick("thread", all, "x")).toBe(all[2])
    expect(pick("thread", all, "thr_x")).toBe(all[2])
    expect(pick("thread", all, "abcd")).toBe(all[1])
  })

  it("takes a whole id for itself, though others begin with it", () => {
    expect(pick("thread", all, "thr_abc")).toBe(all[0])
  })

  it("says which ones a prefix could mean", () => {
    expect(() => pick("thread", all, "ab")).toThrow(/could be any of 2 threads.*\n.*thr_abc {2}one\n.*thr_abcd {2}two/)
    expect(failureOf(() => pick("thread", all, "ab")).exitCode).toBe(exitCodes.usage)
  })

  it("finds nothing by an unknown or an empty one", () => {
    expect(failureOf(() => pick("thread", all, "nope")).exitCode).toBe(exitCodes.notFound)
    expect(failureOf(() => pick("thread", all, "")).exitCode).toBe(exitCodes.notFound)
  })
})

function failureOf(run: () => unknown): Failure {
  try {
    run()
  } catch (error) {
    if (error instanceof Failure) return error
  }
  throw new Error("it did not fail")
}
