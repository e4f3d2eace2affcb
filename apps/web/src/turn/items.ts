// What the transcript shows: rows, with the work of a settled turn folded into one line. Keys come from events, never from grouping.
import type { TurnId } from "@corral/contracts/ids"
import type { Row } from "@corral/contracts/turn"
import type { Transcript } from "@corral/domain/views/transcript"

export type Item =
  | { readonly kind: "row"; readonly key: string; readonly row: Row }
  | {
      readonly kind: "work"
      readonly key: string
      readonly turnId: TurnId
      readonly rows: readonly Row[]
      readonly millis: number
      readonly isOpen: boolean
    }

type Ended = Extract<Row, { _tag: "ended" }>

/** `opened`: turns whose work a person has unfolded. */
export const itemsOf = (transcript: Transcript, opened: ReadonlySet<TurnId>): readonly Item[] => {
  const rows = transcript.map(({ row }) => row)
  const ends = new Map(rows.flatMap((row) => (row._tag === "ended" ? [[row.turnId, row] as const] : [])))
  const items: Item[] = []
  for (const run of runsByTurn(rows)) {
    const end = run.turnId === null ? undefined : ends.get(run.turnId)
    items.push(...(end === undefined ? run.rows.filter(isShown).map(rowItem) : settled(run.rows, end, opened)))
  }
  return items
}

const rowItem = (row: Row): Item => ({ kind: "row", key: row.itemId, row })

/** A turn that ended well says so by its answer. */
const isShown = (row: Row): boolean => row._tag !== "ended" || row.outcome !== "completed"

const isWork = (row: Row): boolean => row._tag === "tool" || row._tag === "thinking" || row._tag === "plan" || row._tag === "text"

const settled = (rows: readonly Row[], end: Ended, opened: ReadonlySet<TurnId>): readonly Item[] => {
  const answer = rows.findLast((row) => row._tag === "text")
  const work = rows.filter((row) => isWork(row) && row !== answer)
  if (!work.some((row) => row._tag === "tool" || row._tag === "thinking")) return rows.filter(isShown).map(rowItem)
  const isOpen = opened.has(end.turnId)
  const fold: Item = { kind: "work", key: `work.${end.turnId}`, turnId: end.turnId, rows: work, millis: end.millis, isOpen }
  const first = work[0]
  return rows.filter(isShown).flatMap((row) => {
    const itself = work.includes(row) && !isOpen ? [] : [rowItem(row)]
    return row === first ? [fold, ...itself] : itself
  })
}

const turnOf = (row: Row): TurnId | null => ("turnId" in row ? row.turnId : null)

interface Run {
  readonly turnId: TurnId | null
  readonly rows: Row[]
}

const runsByTurn = (rows: readonly Row[]): readonly Run[] => {
  const runs: Run[] = []
  for (const row of rows) {
    const last = runs.at(-1)
    const turnId = turnOf(row)
    if (last !== undefined && last.turnId === turnId) last.rows.push(row)
    else runs.push({ turnId, rows: [row] })
  }
  return runs
}
