// What the person said, at the right; a very long text is folded.
import { useState } from "react"
import type { Row } from "@corral/contracts/turn"
import { formatFull } from "../ui/format-time.ts"

const foldedChars = 1500

export const UserRow = ({ row }: { readonly row: Extract<Row, { _tag: "user" }> }) => {
  const [isUnfolded, setUnfolded] = useState(false)
  const isLong = row.text.length > foldedChars
  const text = isLong && !isUnfolded ? `${row.text.slice(0, foldedChars)}…` : row.text
  return (
    <div className="flex justify-end pt-5 pb-2" data-turn>
      <div title={formatFull(row.at)} className="max-w-[82%] rounded-panel bg-raised px-3.5 py-2 text-prose">
        <h2 className="sr-only">You</h2>
        <p className="break-words whitespace-pre-wrap">{text}</p>
        {isLong && (
          <button
            type="button"
            onClick={() => setUnfolded(!isUnfolded)}
            className="mt-1 text-sec text-text-2 underline underline-offset-2 coarse:min-h-11"
          >
            {isUnfolded ? "Show less" : `Show all ${row.text.length.toLocaleString("en")} characters`}
          </button>
        )}
      </div>
    </div>
  )
}
