import { describe, expect, it } from "vitest"
import { outcomeWords } from "./outcome-words.ts"

describe("how a stop ended", () => {
  it.each([
    [{ outcome: "gone" }, "gone"],
    [{ outcome: "gone", unseen: "/proc hides somebody" }, "gone, as far as could be seen"],
    [{ outcome: "released", unseen: "/proc hides somebody" }, "released, as far as could be seen"],
    [{ outcome: "stuck", unseen: "/proc hides somebody" }, "stuck"],
  ] as const)("is said of %o as %s", (certificate, words) => {
    expect(outcomeWords(certificate)).toBe(words)
  })
})
