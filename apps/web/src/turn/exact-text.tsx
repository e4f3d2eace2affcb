// A text byte by byte: what would not be seen (control characters, direction marks, zero width) is drawn and named.
import type { ReactNode } from "react"
import { exactParts } from "./exact-parts.ts"

export const ExactText = ({ text }: { readonly text: string }): ReactNode =>
  exactParts(text).map((part, index) =>
    part.name === null ? (
      part.text
    ) : (
      <span key={index} title={part.name} className="rounded-chip bg-raised text-attention">
        {part.text}
      </span>
    ),
  )
