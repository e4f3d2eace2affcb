// What of an agent's telling a transcript does not have yet: a server that takes an agent over hears a turn from its beginning once more.
import type { Live } from "@corral/contracts/rpc"
import type { Piece, Row } from "@corral/contracts/turn"

type Said = Extract<Piece, { _tag: "text" | "thinking" }>

/** `row`: as it is stored. Null: nothing of the piece is new. */
export const unheardPiece = (row: Row | undefined, piece: Piece): Piece | null => {
  switch (piece._tag) {
    case "text":
    case "thinking":
      return row?._tag === piece._tag ? unheardText(row, piece) : piece
    case "tool-started":
      return row === undefined ? piece : null
    case "tool-ended":
      return row?._tag === "tool" && row.status !== "running" && row.status !== "lost" ? null : piece
    case "plan":
    case "notice":
      return row === undefined ? piece : null
  }
}

const unheardText = ({ text, done }: { readonly text: string; readonly done: boolean }, piece: Said): Said | null => {
  if (done) return null
  const more = piece.text.slice(Math.max(0, text.length - piece.offset))
  if (more === "" && !piece.done) return null
  return { ...piece, offset: piece.offset + piece.text.length - more.length, text: more }
}

export const unheardLive = (row: Row | undefined, live: Live): Live | null => {
  if (row === undefined || row._tag !== live.kind) return live
  if (row.done) return null
  const text = live.text.slice(Math.max(0, row.text.length - live.offset))
  return text === "" ? null : { ...live, offset: live.offset + live.text.length - text.length, text }
}
