// What one piece of an agent's work does to the rows.
import type { Stored } from "@corral/contracts/event"
import type { ItemId } from "@corral/contracts/ids"
import type { Piece, Row } from "@corral/contracts/turn"
import type { Transcript } from "./transcript.ts"

type Of<Tag extends Piece["_tag"]> = Extract<Piece, { _tag: Tag }>

/** Where rows stand that are shown before their event came: after all others. */
export const livePlace = Number.MAX_SAFE_INTEGER

export const foldPiece = (transcript: Transcript, piece: Piece, { seq, at }: Stored): Transcript => {
  const old = rowOf(transcript, piece.itemId)
  const row = rowAfter(old, piece, at)
  return row === null ? transcript : putRow(transcript, row, seq)
}

/** From the end: what changes is nearly always young. */
export const rowOf = (transcript: Transcript, itemId: ItemId): Row | undefined =>
  transcript.findLast(({ row }) => row.itemId === itemId)?.row

/** A row that is there keeps its place, unless it was only live so far. */
export const putRow = (transcript: Transcript, row: Row, place: number): Transcript => {
  const i = transcript.findLastIndex((placed) => placed.row.itemId === row.itemId)
  const old = transcript[i]
  if (old === undefined) return inOrder(transcript, { place, row })
  if (old.place === livePlace && place !== livePlace) return inOrder(transcript.toSpliced(i, 1), { place, row })
  return old.row === row ? transcript : transcript.with(i, { place: old.place, row })
}

/** Stored rows stand before those that are only live. */
const inOrder = (transcript: Transcript, placed: Transcript[number]): Transcript => {
  const i = transcript.findLastIndex(({ place }) => place <= placed.place)
  return transcript.toSpliced(i + 1, 0, placed)
}

const rowAfter = (old: Row | undefined, piece: Piece, at: number): Row | null => {
  switch (piece._tag) {
    case "text":
    case "thinking":
      return said(old, piece, at)
    case "tool-started":
      return toolStarted(old, piece, at)
    case "tool-ended":
      return toolEnded(old, piece, at)
    case "plan":
      return { ...piece, at: old?.at ?? at }
    case "notice":
      return { ...piece, at: old?.at ?? at }
  }
}

/** Live text that has come further than the stored piece stays, until the piece that closes the row says what is true. */
const said = (old: Row | undefined, piece: Of<"text"> | Of<"thinking">, at: number): Row => {
  const { _tag, itemId, turnId, offset, done } = piece
  const before = old?._tag === _tag ? old : undefined
  const end = offset + piece.text.length
  const ahead = done ? "" : (before?.text.slice(end) ?? "")
  return { _tag, itemId, turnId, at: before?.at ?? at, text: (before?.text.slice(0, offset) ?? "") + piece.text + ahead, done }
}

/** A second start of the same tool tells it better (its input came late); it does not begin again. */
const toolStarted = (old: Row | undefined, piece: Of<"tool-started">, at: number): Row => {
  const { cutChars = null, ...told } = piece
  const before = old?._tag === "tool" ? old : undefined
  if (before !== undefined) return { ...before, ...told, _tag: "tool", cutChars: before.status === "running" ? cutChars : before.cutChars }
  return { ...told, _tag: "tool", at, status: "running", output: "", cutChars, endedAt: null }
}

/** The first end counts, except that one which comes late is better than `lost`. */
const toolEnded = (old: Row | undefined, { status, output, cutChars }: Of<"tool-ended">, at: number): Row | null => {
  if (old?._tag !== "tool" || (old.status !== "running" && old.status !== "lost")) return null
  const isCut = old.cutChars !== null || cutChars !== undefined
  const whole = (old.cutChars ?? old.input.length) + (cutChars ?? output.length)
  return { ...old, status, output, cutChars: isCut ? whole : null, endedAt: status === "running" ? null : at }
}
