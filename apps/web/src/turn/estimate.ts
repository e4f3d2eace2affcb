// How high an item will be before it was ever drawn: near enough that the scrollbar tells no lies.
import type { Row } from "@corral/contracts/turn"
import type { Item } from "./items.ts"

const lineChars = 88
const lineHeight = 23
const rowHeight = 30
const bubblePadding = 44

/** Whole pixels, as a measured height is. */
export const estimate = (item: Item | undefined): number => Math.round(item?.kind === "row" ? rowEstimate(item.row) : rowHeight + 6)

const rowEstimate = (row: Row): number => {
  if (row._tag === "user") return bubblePadding + Math.min(12, linesOf(row.text, lineChars * 0.8)) * lineHeight
  if (row._tag === "text") return 16 + linesOf(row.text, lineChars) * lineHeight
  return row._tag === "plan" ? 48 + row.entries.length * lineHeight : rowHeight
}

const linesOf = (text: string, chars: number): number =>
  text
    .trimEnd()
    .split("\n", 400)
    .reduce((sum, line) => sum + Math.max(0.6, Math.ceil(line.length / chars)), 0)
