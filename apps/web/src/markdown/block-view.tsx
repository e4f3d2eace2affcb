// One block of markdown as React elements. Memoised by its token: a block that is complete is never rendered again.
import { memo, type ReactNode } from "react"
import type { MarkedToken, Token } from "marked"
import { CodeBlock } from "./code-block.tsx"
import { Inline } from "./inline.tsx"
import { ListView } from "./list-view.tsx"
import { isKnown } from "./split-blocks.ts"
import { TableView } from "./table-view.tsx"

export interface BlockProps {
  readonly token: MarkedToken
  /** More text may come into this block. */
  readonly open: boolean
}

export const BlockView = memo(function BlockView({ token, open }: BlockProps): ReactNode {
  switch (token.type) {
    case "heading":
      return <HeadingView token={token} />
    case "paragraph":
      return (
        <p className="my-2 break-words">
          <Inline tokens={token.tokens} />
        </p>
      )
    case "text":
      return <div className="break-words">{token.tokens === undefined ? token.text : <Inline tokens={token.tokens} />}</div>
    case "code":
      return <CodeBlock fence={token.lang ?? ""} text={token.text} open={open && !isClosed(token.raw)} />
    case "list":
      return <ListView list={token} open={open} inside={inside} />
    case "blockquote":
      return (
        <blockquote className="my-2 border-l-2 border-line-strong pl-3 text-text-2">
          <Blocks tokens={token.tokens} open={open} />
        </blockquote>
      )
    case "table":
      return <TableView table={token} />
    case "hr":
      return <hr className="my-4 border-line" />
    case "html":
      return <p className="my-2 break-words whitespace-pre-wrap">{token.raw.trimEnd()}</p>
    default:
      return null
  }
})

// Blocks inside a block.
const Blocks = ({ tokens, open }: { readonly tokens: readonly Token[]; readonly open: boolean }): ReactNode =>
  tokens.map((token, index) => isKnown(token) && <BlockView key={index} token={token} open={open && index === tokens.length - 1} />)

const inside = (tokens: readonly Token[], open: boolean): ReactNode => <Blocks tokens={tokens} open={open} />

const isClosed = (raw: string): boolean => /\n {0,3}(`{3,}|~{3,})\s*$/.test(raw)

// The page has its own h1 and the turns have h2, so a message begins at h3.
const HeadingView = ({ token }: { readonly token: Extract<MarkedToken, { type: "heading" }> }) => {
  const inside = <Inline tokens={token.tokens} />
  if (token.depth === 1) return <h3 className="mt-5 mb-2 text-title font-semibold first:mt-0">{inside}</h3>
  if (token.depth === 2) return <h4 className="mt-4 mb-1.5 text-prose font-semibold first:mt-0">{inside}</h4>
  return <h5 className="mt-3 mb-1 text-prose font-medium text-text-2 first:mt-0">{inside}</h5>
}
