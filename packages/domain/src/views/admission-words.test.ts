import type { Admission } from "@corral/contracts/runtime"
import { describe, expect, it } from "vitest"
import { admissionWords, placeWords } from "./admission-words.ts"

const memory: Admission = { place: 1, of: 1, since: 0, why: "memory", now: 8, limit: 10 }

describe("the words for a thread that waits in line", () => {
  it("name its place where others wait too", () => {
    expect(placeWords(memory)).toBe("in line")
    expect(placeWords({ ...memory, place: 2, of: 3 })).toBe("in line, 2 of 3")
  })

  it.each([
    [memory, "8 % of memory is free, and nothing is started under 10 %"],
    [{ ...memory, why: "pressure", now: 24 }, "programs wait for memory 24 % of the time, and nothing is started over 10 %"],
    [{ ...memory, why: "cap", now: 10 }, "10 sessions are awake, and at most 10 may be"],
    [{ ...memory, why: "cap", now: 1, limit: 1 }, "1 session is awake, and at most 1 may be"],
    [{ ...memory, why: "starts", now: 4, limit: 4 }, "4 sessions are starting, as many as may at once"],
  ] as const)("say what it waits for", (admission, words) => {
    expect(admissionWords(admission)).toBe(words)
  })
})
