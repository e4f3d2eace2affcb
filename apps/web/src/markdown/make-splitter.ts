// A splitter that remembers its last answer. A cache only: the same text gives the same blocks, whatever was asked before.
import { splitBlocks, type Block, type Split } from "./split-blocks.ts"

export const makeSplitter = () => {
  let before: Split | null = null
  return (text: string, done: boolean): readonly Block[] => {
    before = splitBlocks(before, text, done)
    return before.blocks
  }
}
