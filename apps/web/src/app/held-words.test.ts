// The bar over a page whose line is lost promises no more than the hold.
import { expect, it } from "vitest"
import { heldWords } from "./held-words.ts"

it.each([
  [30_000, "Without a server, agents are held for 30 s, then stopped with certificates."],
  [2 * 60_000, "Without a server, agents are held for 2m, then stopped with certificates."],
  [null, "Without a server, agents are held for a while, then stopped with certificates."],
])("a hold of %s ms", (holdMillis, words) => expect(heldWords(holdMillis)).toBe(words))
