// Streaming text as markdown blocks: only the tail is lexed again, so a delta costs the last blocks and not the whole message.
import { Lexer, type MarkedToken, type Token } from "marked"

/** `key` is offset and type: a block that is complete keeps its key, its object and so its DOM node. */
export interface Block {
  readonly key: string
  readonly raw: string
  readonly token: MarkedToken
}

export interface Split {
  readonly text: string
  readonly blocks: readonly Block[]
  /** Blocks before this index, and text before this offset, can no longer change. */
  readonly frozenBlocks: number
  readonly frozenChars: number
}

/** A paragraph may still become a heading or a table by what follows it; two blocks back nothing changes any more. */
const openBlocks = 2
const hasDefinition = /^ {0,3}\[[^\]\n]+\]:/m
const nothing: Split = { text: "", blocks: [], frozenBlocks: 0, frozenChars: 0 }

/** `done`: the text is whole, so link definitions may reach back into earlier blocks. */
export const splitBlocks = (before: Split | null, given: string, done: boolean): Split => {
  const text = given.includes("\r") ? given.replaceAll(/\r\n?/g, "\n") : given
  const known = before ?? nothing
  const again = !text.startsWith(known.text) || (done && hasDefinition.test(text))
  const base = again ? nothing : known
  const frozen = base.blocks.slice(0, base.frozenBlocks)
  const tail = lexFrom(text, base.frozenChars).map((block) => (again ? block : sameOr(base, block)))
  return freeze(text, [...frozen, ...tail], base)
}

const lexFrom = (text: string, start: number): readonly Block[] => {
  const blocks: Block[] = []
  let offset = start
  for (const token of new Lexer({ gfm: true }).lex(text.slice(start))) {
    if (isKnown(token) && token.type !== "space") blocks.push({ key: `${offset}:${token.type}`, raw: token.raw, token })
    offset += token.raw.length
  }
  return blocks
}

// The same object for the same block spares React the comparison of what is inside.
const sameOr = (base: Split, block: Block): Block => {
  for (let index = base.frozenBlocks; index < base.blocks.length; index++) {
    const old = base.blocks[index]
    if (old?.key === block.key && old.raw === block.raw) return old
  }
  return block
}

const freeze = (text: string, blocks: readonly Block[], base: Split): Split => {
  const frozenBlocks = Math.max(base.frozenBlocks, blocks.length - openBlocks)
  const firstOpen = blocks[frozenBlocks]
  const frozenChars = firstOpen === undefined ? base.frozenChars : Number.parseInt(firstOpen.key, 10)
  return { text, blocks, frozenBlocks: firstOpen === undefined ? base.frozenBlocks : frozenBlocks, frozenChars }
}

const types = new Set(
  "blockquote br checkbox code codespan def del em escape heading hr html image link list list_item paragraph space strong table text".split(
    " ",
  ),
)

/** Without extensions the lexer makes no other tokens; a stranger is left out rather than guessed at. */
export const isKnown = (token: Token): token is MarkedToken => types.has(token.type)
