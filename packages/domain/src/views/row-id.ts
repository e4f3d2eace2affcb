// The ids of the rows that no agent names: they come from the log itself.
import type { Stored } from "@corral/contracts/event"
import type { ItemId, TurnId } from "@corral/contracts/ids"

/** A user's row is called as its turn. */
export const userRowId = (turnId: TurnId): ItemId => rowId(turnId)

/** One event makes at most one such row, so its place is a name. */
export const ownRowId = (noun: "ended" | "stopped", { seq }: Stored): ItemId => rowId(`${noun}.${seq}`)

const rowId = (name: string): ItemId => {
  if (isRowId(name)) return name
  throw new Error(`“${name}” cannot be the id of a row`)
}

/** What ids of turns and the names above are made of too (contracts/ids.ts). */
const isRowId = (name: string): name is ItemId => /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,95}$/.test(name)
