// Which rows an event makes, changes or takes away: for a store that keeps, per row, the events that make it.
import type { Stored } from "@corral/contracts/event"
import type { ItemId } from "@corral/contracts/ids"
import { ownRowId, userRowId } from "./row-id.ts"

/** `moved`: the row stands at this event's place from now on. `dropped`: there is no such row any more. */
export interface Touched {
  readonly itemId: ItemId
  readonly how: "made-or-changed" | "moved" | "dropped"
}

/** Rows that an event closes because their turn or runtime is over are not named here: `closesRows` says that it does. */
export const touchedRows = (stored: Stored): readonly Touched[] => {
  const { event } = stored
  switch (event._tag) {
    case "turn.queued":
      return [{ itemId: userRowId(event.turnId), how: "made-or-changed" }]
    case "turn.started":
      return [{ itemId: userRowId(event.turnId), how: "moved" }]
    case "turn.withdrawn":
      return [{ itemId: userRowId(event.turnId), how: "dropped" }]
    case "turn.recorded":
      return [...new Set(event.pieces.map(({ itemId }) => itemId))].map((itemId) => ({ itemId, how: "made-or-changed" }))
    case "turn.completed":
      return event.turnId === null ? [] : [{ itemId: ownRowId("ended", stored), how: "made-or-changed" }]
    case "runtime.stopped":
      return [{ itemId: ownRowId("stopped", stored), how: "made-or-changed" }]
    default:
      return []
  }
}

/** The event types that close open rows. For a page: fold those between its first row and the first one after its last row too. */
export const closesRows = ["turn.completed", "runtime.failed", "runtime.stopped"] as const
