// Copies for clients: what is long of a tool travels only when a person unfolds it (the call `row`).
import type { Stored } from "@corral/contracts/event"
import { maxInlineChars } from "@corral/contracts/limits"
import type { Piece, Row } from "@corral/contracts/turn"

/** The same row where nothing is long. `cutChars` then says how long the whole is. */
export const cutRow = (row: Row): Row => {
  if (row._tag !== "tool" || (isShort(row.input) && isShort(row.output))) return row
  return { ...row, input: short(row.input), output: short(row.output), cutChars: row.input.length + row.output.length }
}

/** The same event where nothing is long; folding the cut one gives the cut row. */
export const cutStored = (stored: Stored): Stored => {
  const { event } = stored
  if (event._tag !== "turn.recorded") return stored
  const pieces = event.pieces.map(cutPiece)
  return pieces.every((piece, i) => piece === event.pieces[i]) ? stored : { ...stored, event: { ...event, pieces } }
}

const cutPiece = (piece: Piece): Piece => {
  if (piece._tag === "tool-started" && !isShort(piece.input)) return { ...piece, input: short(piece.input), cutChars: piece.input.length }
  if (piece._tag === "tool-ended" && !isShort(piece.output)) return { ...piece, output: short(piece.output), cutChars: piece.output.length }
  return piece
}

const isShort = (text: string) => text.length <= maxInlineChars

const short = (text: string) => (isShort(text) ? text : text.slice(0, maxInlineChars))
