import { TurnId } from "@corral/contracts/ids"
import { expect, it } from "vitest"
import { wokenWords } from "./woken-words.ts"

it.each([
  ["turn", "browser", "for a message, asked by the app"],
  ["wake", "token", "without a message, asked by the command line or a program"],
  ["turn", "server", "for a message, asked by Corral itself"],
  ["wake", "somebody new", "without a message, asked by somebody new"],
] as const)("a start by %s from %s is told as started %s", (why, askedBy, words) => {
  expect(wokenWords({ why, turnId: why === "turn" ? TurnId.make("trn_1") : null, askedBy })).toBe(words)
})
