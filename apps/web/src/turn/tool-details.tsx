// What went into a tool and what came out. What travelled cut is fetched whole on demand; very long text stays folded.
import { useState } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import type { Row } from "@corral/contracts/turn"
import { useLink } from "../link/link.ts"
import { CopyButton } from "../ui/copy-button.tsx"
import { showToast } from "../ui/toasts.ts"
import { DiffText, looksLikeDiff } from "./diff-text.tsx"

type Tool = Extract<Row, { _tag: "tool" }>

/** More characters than this at once would make the page slow; Copy still takes all of it. */
const shownChars = 10_000

export const ToolDetails = ({ row, threadId }: { readonly row: Tool; readonly threadId: ThreadId }) => {
  const { connection } = useLink()
  const [whole, setWhole] = useState<Tool | null>(null)
  const shown = whole ?? row
  const fetchWhole = (): void => {
    connection.call("row", { threadId, itemId: row.itemId }).then(
      (answer) => answer._tag === "tool" && setWhole(answer),
      () => showToast({ id: "row", text: "The whole output could not be fetched; press again.", tone: "problem" }),
    )
  }
  const isCut = whole === null && row.cutChars !== null
  return (
    <div className="my-1 ml-2 space-y-2 border-l border-line pl-4">
      {shown.input.trim() !== "" && shown.input !== shown.title && <Part name="Input" text={shown.input} />}
      {shown.output !== "" && <Part name="Output" text={shown.output} />}
      {shown.output === "" && <p className="text-sec text-text-3">{row.status === "running" ? "No output yet" : "No output"}</p>}
      {isCut && (
        <button type="button" onClick={fetchWhole} className="text-sec text-accent-text underline underline-offset-2 coarse:min-h-11">
          Open all {(row.cutChars ?? 0).toLocaleString("en")} characters
        </button>
      )}
    </div>
  )
}

const Part = ({ name, text }: { readonly name: string; readonly text: string }) => {
  const [isUnfolded, setUnfolded] = useState(false)
  const isLong = text.length > shownChars
  const shown = isLong && !isUnfolded ? text.slice(0, shownChars) : text
  return (
    <div>
      <div className="flex items-center justify-between">
        <span className="text-meta text-text-3">{name}</span>
        <CopyButton text={text} label={`Copy ${name.toLowerCase()}`} />
      </div>
      <pre
        tabIndex={0}
        aria-label={name}
        className="focus-inset max-h-80 overflow-auto rounded-control border border-line bg-canvas px-3 py-2 text-code break-words whitespace-pre-wrap"
      >
        {looksLikeDiff(shown) ? <DiffText text={shown} /> : shown}
      </pre>
      {isLong && !isUnfolded && (
        <button
          type="button"
          onClick={() => setUnfolded(true)}
          className="mt-1 text-sec text-text-2 underline underline-offset-2 coarse:min-h-11"
        >
          Show all {text.length.toLocaleString("en")} characters here
        </button>
      )}
    </div>
  )
}
