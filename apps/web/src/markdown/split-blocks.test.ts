// The splitter, given any text in any pieces, ends with the blocks of the full lexer.
import { Lexer } from "marked"
import { describe, expect, it } from "vitest"
import { splitBlocks, type Split } from "./split-blocks.ts"

const fuzzRuns = 2500

const pieces = [
  ..."# Title\n|\n\n|para one\n|more text |- item\n|  - nested\n|1. one\n|> quote\n|```ts\n|```\n|~~~\n|const a = 1\n|    indented\n|---\n|===\n".split(
    "|",
  ),
  ..."| a | b |\n;|---|---|\n;| 1 | 2 |\n;**bold** ;_em_ ;`code` ;[l](https://a.b) ;<div>\n;</div>\n;\n;\\;* \t;\t- t\n;[x]: /u\n;- [ ] task\n; \n".split(
    ";",
  ),
]

/** A small generator with a seed, so that a failing run can be run again. */
const seeded = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}

const randomText = (random: () => number): string =>
  Array.from({ length: 3 + Math.floor(random() * 40) }, () => pieces[Math.floor(random() * pieces.length)]).join("")

const inDeltas = (text: string, random: () => number): Split => {
  let split: Split | null = null
  for (let end = 0; end < text.length;) {
    end = Math.min(text.length, end + 1 + Math.floor(random() * 24))
    split = splitBlocks(split, text.slice(0, end), false)
  }
  return splitBlocks(split, text, true)
}

const whole = (text: string): readonly unknown[] => new Lexer({ gfm: true }).lex(text).filter((token) => token.type !== "space")

describe("splitting a stream into blocks", () => {
  it(`gives the tokens of the full lexer in ${fuzzRuns} random streams`, () => {
    for (let seed = 1; seed <= fuzzRuns; seed++) {
      const random = seeded(seed)
      const text = randomText(random)
      const tokens = inDeltas(text, random).blocks.map((block) => block.token)
      expect({ seed, text, tokens }).toEqual({ seed, text, tokens: whole(text) })
    }
  })

  it("keeps the object of a closed block while more text comes", () => {
    const first = splitBlocks(null, "# One\n\npara\n\nnext\n\nla", false)
    const then = splitBlocks(first, "# One\n\npara\n\nnext\n\nlast and more", false)
    expect(then.blocks[0]).toBe(first.blocks[0])
    expect(then.blocks[2]).toBe(first.blocks[2])
    expect(then.blocks[3]).not.toBe(first.blocks[3])
  })

  it("starts over when the new text does not extend the old one", () => {
    const split = splitBlocks(splitBlocks(null, "one\n\ntwo\n\nthree", false), "other", false)
    expect(split.blocks.map((block) => block.raw)).toEqual(["other"])
  })

  it("lexes only the tail of a long text", () => {
    const text = "a paragraph\n\n".repeat(500)
    const split = splitBlocks(splitBlocks(null, text, false), `${text}end`, false)
    expect(text.length - split.frozenChars).toBeLessThan(30)
  })

  it("lets a link definition at the end reach back once the text is whole", () => {
    const text = "see [x]\n\nb\n\nc\n\n[x]: https://a.b"
    const open = splitBlocks(null, "see [x]\n\nb\n\nc\n", false)
    const token = splitBlocks(open, text, true).blocks[0]?.token
    expect(JSON.stringify(token)).toContain("https://a.b")
  })
})
