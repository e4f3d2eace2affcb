// A block of code: its language, Copy, colours from the worker; a long one is folded.
import { memo, useState } from "react"
import { CopyButton } from "../ui/copy-button.tsx"
import type { Line } from "./highlight-message.ts"
import { useHighlight } from "./use-highlight.ts"

/** A message of thousands of code lines is thousands of nodes: longer blocks show their beginning until asked. */
const foldedLines = 40

interface CodeProps {
  readonly fence: string
  readonly text: string
  readonly open: boolean
}

export const CodeBlock = ({ fence, text, open }: CodeProps) => {
  const [isUnfolded, setUnfolded] = useState(false)
  const coloured = useHighlight(fence, text, open)
  const lines = text.split("\n")
  // While it is written its end is what matters, so it is folded only once it is closed.
  const isFolded = !open && !isUnfolded && lines.length > foldedLines
  const shown = isFolded ? lines.slice(0, foldedLines) : lines
  const language = fence.split(/\s/)[0] ?? ""
  return (
    <figure className="my-3 overflow-hidden rounded-panel border border-line bg-canvas">
      <figcaption className="flex h-8 items-center justify-between border-b border-line pr-1 pl-3 text-meta text-text-3">
        <span>{language === "" ? "text" : language}</span>
        <CopyButton text={text} label="Copy code" />
      </figcaption>
      <pre tabIndex={0} aria-label="Code" className="focus-inset overflow-x-auto px-3 py-2.5 text-code">
        <code>
          {shown.map((line, index) => (
            <CodeLine key={index} plain={line} coloured={coloured[index]} />
          ))}
        </code>
      </pre>
      {isFolded && (
        <button
          type="button"
          onClick={() => setUnfolded(true)}
          className="focus-inset block w-full border-t border-line py-1.5 text-center text-sec text-text-2 hover:bg-raised coarse:min-h-11"
        >
          Show all {lines.length} lines
        </button>
      )}
    </figure>
  )
}

const CodeLine = memo(({ plain, coloured }: { readonly plain: string; readonly coloured: Line | undefined }) => (
  <span className="block min-h-[1lh] whitespace-pre">
    {coloured === undefined
      ? plain
      : coloured.map(([className, text], index) => (
          <span key={index} className={className}>
            {text}
          </span>
        ))}
  </span>
))
