// Text on its way, shown before it is stored.
import type { Live } from "@corral/contracts/rpc"
import type { Row } from "@corral/contracts/turn"
import { livePlace, putRow, rowOf } from "./piece.ts"
import type { Transcript } from "./transcript.ts"

/** What overlaps is not doubled; what does not connect waits for its event. The same transcript where nothing came. */
export const applyLive = (transcript: Transcript, pieces: readonly Live[]): Transcript =>
  pieces.reduce((rows, live) => {
    const row = rowWith(rowOf(rows, live.itemId), live, rows.at(-1)?.row.at ?? 0)
    return row === null ? rows : putRow(rows, row, livePlace)
  }, transcript)

const rowWith = (old: Row | undefined, live: Live, at: number): Row | null => {
  const { kind, itemId, turnId, offset } = live
  if (kind === "output") return withOutput(old, live)
  if (old === undefined) return offset === 0 ? { _tag: kind, itemId, turnId, at, text: live.text, done: false } : null
  if (old._tag !== kind || old.done) return null
  const text = joined(old.text, live)
  return text === old.text ? null : { ...old, text }
}

const withOutput = (old: Row | undefined, live: Live): Row | null => {
  if (old?._tag !== "tool" || old.status !== "running") return null
  const output = joined(old.output, live)
  return output === old.output ? null : { ...old, output }
}

const joined = (text: string, { offset, text: more }: Live) => (offset > text.length ? text : text + more.slice(text.length - offset))
