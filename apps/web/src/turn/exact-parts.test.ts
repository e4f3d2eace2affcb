// What is approved is what is seen.
import { expect, it } from "vitest"
import { exactParts } from "./exact-parts.ts"

const drawn = (text: string) =>
  exactParts(text)
    .map((part) => part.text)
    .join("")

it("leaves ordinary text alone", () => {
  expect(exactParts("npm test -- --run src/ü 漢")).toEqual([{ text: "npm test -- --run src/ü 漢", name: null }])
})

it.each([
  ["a\nb", "a⏎\nb"],
  ["a\tb", "a⇥\tb"],
  ["a\u0000b", "a␀b"],
  ["a\u001b[2Kb", "a␛[2Kb"],
  ["a\rb", "a␍b"],
  ["a\u202eb", "a⟨U+202E⟩b"],
  ["a\u200bb", "a⟨U+200B⟩b"],
  ["a\u00a0b", "a⟨U+00A0⟩b"],
  ["\u{e0041}", "⟨U+E0041⟩"],
])("draws %j as %j", (text, seen) => expect(drawn(text)).toBe(seen))
