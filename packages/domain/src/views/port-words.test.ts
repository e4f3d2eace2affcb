import { expect, it } from "vitest"
import { portWords } from "./port-words.ts"

it.each([
  [undefined, ""],
  [[], ""],
  [[5173], "port 5173"],
  [[80, 5173], "ports 80, 5173"],
  [[1, 2, 3, 4, 5, 6], "ports 1, 2, 3, 4 and 2 more"],
])("the ports %j are told as %j", (ports, words) => {
  expect(portWords(ports)).toBe(words)
})
