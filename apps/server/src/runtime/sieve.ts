// What an agent tells once more after it was taken over, less what is on record already.
import type { ItemId, RequestId } from "@corral/contracts/ids"
import type { Background } from "@corral/contracts/runtime"
import type { Row } from "@corral/contracts/turn"
import { unheardLive, unheardPiece } from "@corral/domain/views/unheard"
import type { AgentEvent } from "../provider/provider.ts"

/** What is on record of the turns that may be told again. */
export interface Heard {
  readonly rows: ReadonlyMap<ItemId, Row>
  /** Requests that were closed: answered, or withdrawn. */
  readonly closed: ReadonlySet<RequestId>
  readonly background: readonly Background[]
}

/** Null: nothing of the event is new. The telling comes in the order of the first time. */
export const makeSieve = ({ rows, closed, background }: Heard): ((event: AgentEvent) => AgentEvent | null) => {
  /** A plan that changes is told as often: what comes up to the one on record is old, what follows is new. */
  const caughtUp = new Set<ItemId>()
  let hasBackground = false
  return (event) => {
    switch (event._tag) {
      case "piece": {
        const { piece } = event
        const row = rows.get(piece.itemId)
        if (piece._tag === "plan" && row?._tag === "plan") {
          if (caughtUp.has(piece.itemId)) return event
          if (isSame(piece.entries, row.entries)) caughtUp.add(piece.itemId)
          return null
        }
        const unheard = unheardPiece(row, piece)
        return unheard === null ? null : { _tag: "piece", piece: unheard }
      }
      case "live": {
        const live = unheardLive(rows.get(event.live.itemId), event.live)
        return live === null ? null : { _tag: "live", live }
      }
      case "request":
        return closed.has(event.request.requestId) ? null : event
      case "background": {
        if (hasBackground) return event
        hasBackground = isSame(event.background, background)
        return null
      }
      default:
        return event
    }
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
