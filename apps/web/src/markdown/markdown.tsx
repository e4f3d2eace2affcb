// A message in markdown, whole or still on its way: split into blocks, each rendered once.
import { useState } from "react"
import { BlockView } from "./block-view.tsx"
import { makeSplitter } from "./make-splitter.ts"

export const Markdown = ({ text, done }: { readonly text: string; readonly done: boolean }) => {
  const [split] = useState(makeSplitter)
  const blocks = split(text, done)
  const last = blocks.length - 1
  return (
    <div className="text-prose [&>*:first-child]:mt-0 [&>*:last-child]:mb-0">
      {blocks.map((block, index) => (
        <BlockView key={block.key} token={block.token} open={!done && index === last} />
      ))}
    </div>
  )
}
