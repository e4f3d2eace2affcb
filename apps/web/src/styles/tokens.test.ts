// The colours keep their contrast on every ground in both themes, and tokens.css says the same as tokens.ts.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { contrast, isInSrgb } from "./contrast.ts"
import { themes, tokensCss, type Token } from "./tokens.ts"

const grounds: readonly Token[] = ["canvas", "surface", "raised", "overlay"]
/** WCAG 2.2: text 4.5, shapes and controls 3. */
const needs: readonly (readonly [Token, number])[] = [
  ["text", 4.5],
  ["text-2", 4.5],
  ["text-3", 4.5],
  ["accent-text", 4.5],
  ["attention", 4.5],
  ["danger", 4.5],
  ["ok", 4.5],
  ["done", 4.5],
  ["plan", 4.5],
  ["live", 3],
  ["accent", 3],
  ["idle", 3],
  ["line-strong", 3],
  ["focus", 3],
]
/** Text on a coloured ground of its own. */
const pairs: readonly (readonly [Token, Token])[] = [
  ["on-accent", "accent"],
  ["on-danger", "danger"],
  ["add", "add-bg"],
  ["del", "del-bg"],
  ["text", "add-bg"],
  ["text", "del-bg"],
  ["text-3", "add-bg"],
]

describe.each(["dark", "light"] as const)("the %s theme", (name) => {
  const theme = themes[name]

  it.each(needs)("shows %s on every ground with at least %s to 1", (token, least) => {
    for (const ground of grounds) expect(contrast(theme[token], theme[ground])).toBeGreaterThanOrEqual(least)
  })

  it.each(pairs)("shows %s on %s with at least 4.5 to 1", (text, ground) => {
    expect(contrast(theme[text], theme[ground])).toBeGreaterThanOrEqual(4.5)
  })

  it("stays inside sRGB", () => {
    expect(Object.values(theme).filter((color) => !isInSrgb(color))).toEqual([])
  })
})

it("tokens.css is made from tokens.ts", () => {
  expect(readFileSync(new URL("./tokens.css", import.meta.url), "utf8")).toBe(tokensCss())
})

it("knows black on white as 21 to 1", () => {
  expect(contrast("oklch(0.000 0.000 0)", "oklch(1.000 0.000 0)")).toBeCloseTo(21, 1)
})
