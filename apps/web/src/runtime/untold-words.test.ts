// A certificate says of processes that nobody could tell apart what is known of them: that they were left, not how they were found.
import { expect, it } from "vitest"
import { untoldWords } from "./untold-words.ts"

it.each([
  [1, "1 process without a session's own mark, left in the tree: whose it is cannot be told"],
  [2, "2 processes without a session's own mark, left in the tree: whose they are cannot be told"],
])("%i", (count, words) => expect(untoldWords(count)).toBe(words))
