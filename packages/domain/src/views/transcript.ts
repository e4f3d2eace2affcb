// The transcript: the one fold from events to rows, on the server for pages and in the browser for what follows them.
import type { Stored } from "@corral/contracts/event"
import type { ItemId, TurnId } from "@corral/contracts/ids"
import type { RuntimeStopped } from "@corral/contracts/runtime"
import type { Row, TurnCompleted } from "@corral/contracts/turn"
import { foldPiece } from "./piece.ts"
import { ownRowId, userRowId } from "./row-id.ts"

/** `place`: the seq of the event that made the row. Rows of one event share it and stay in the order in which they came. */
export interface Placed {
  readonly place: number
  readonly row: Row
}

/** In order of place. Any part of a transcript can be folded on, as long as the rows that an event changes are in it. */
export type Transcript = readonly Placed[]

/** New references only for rows that changed; the same transcript where nothing did. */
export const foldRows = (transcript: Transcript, stored: Stored): Transcript => {
  const { event } = stored
  switch (event._tag) {
    case "turn.queued":
      return withUser(transcript, stored, event)
    case "turn.started":
      return withUser(transcript, stored, event)
    case "turn.withdrawn":
      return without(transcript, userRowId(event.turnId))
    case "turn.recorded":
      return event.pieces.reduce((rows, piece) => foldPiece(rows, piece, stored), transcript)
    case "turn.completed":
      return withEnd(transcript, stored, event)
    case "runtime.failed":
      return closed(transcript, stored, () => true)
    case "runtime.stopped":
      return [...closed(transcript, stored, () => true), { place: stored.seq, row: stopMark(stored, event) }]
    default:
      return transcript
  }
}

/** A queued text moves down to where its turn starts; `turn.started` of a queued turn has no text, its row has it. */
const withUser = (transcript: Transcript, { seq, at }: Stored, { turnId, text }: { turnId: TurnId; text: string }): Transcript => {
  const itemId = userRowId(turnId)
  const queued = transcript.findLast(({ row }) => row.itemId === itemId)?.row
  const said = queued?._tag === "user" ? queued.text : text
  return [...without(transcript, itemId), { place: seq, row: { _tag: "user", itemId, turnId, at, text: said } }]
}

const without = (transcript: Transcript, itemId: ItemId): Transcript => {
  const rest = transcript.filter(({ row }) => row.itemId !== itemId)
  return rest.length === transcript.length ? transcript : rest
}

const withEnd = (transcript: Transcript, stored: Stored, event: TurnCompleted): Transcript => {
  const { turnId, outcome, error } = event
  const rows = closed(transcript, stored, (of) => of === turnId)
  if (turnId === null) return rows
  const { seq, at } = stored
  const startedAt = rows.findLast(({ row }) => row._tag === "user" && row.turnId === turnId)?.row.at ?? at
  const row: Row = { _tag: "ended", itemId: ownRowId("ended", stored), turnId, at, outcome, error, millis: at - startedAt }
  return [...rows, { place: seq, row }]
}

/** What was open in turns that are over says nothing more: text is whole, a tool without an end is lost. */
const closed = (transcript: Transcript, { at }: Stored, isOver: (turnId: TurnId | null) => boolean): Transcript => {
  const rows = transcript.map((placed) => {
    const row = closedRow(placed.row, at, isOver)
    return row === placed.row ? placed : { ...placed, row }
  })
  return rows.every((placed, i) => placed === transcript[i]) ? transcript : rows
}

const closedRow = (row: Row, at: number, isOver: (turnId: TurnId | null) => boolean): Row => {
  if (row._tag === "text" || row._tag === "thinking") return row.done || !isOver(row.turnId) ? row : { ...row, done: true }
  if (row._tag !== "tool" || row.status !== "running" || !isOver(row.turnId)) return row
  return { ...row, status: "lost", endedAt: at }
}

const stopMark = (stored: Stored, { certificateId, reason, freedBytes, left, outcome, unseen, ended }: RuntimeStopped): Row => ({
  _tag: "stopped",
  itemId: ownRowId("stopped", stored),
  at: stored.at,
  reason,
  certificateId,
  freedBytes,
  left,
  outcome,
  ...(unseen !== undefined && { unseen }),
  ...(ended && { ended }),
})
