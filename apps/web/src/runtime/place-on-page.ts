// Where one is on the Processes page, as its address says it: a link changes one thing of it and keeps the rest.
import type { MemoryRange } from "@corral/contracts/memory-past"

export interface Place {
  readonly thread: string | null
  readonly show: string
  readonly range: MemoryRange
}

/** What is as at first is not in the address. */
export type PlaceOnPage = (change: Partial<Place>) => { thread?: string; show?: string; range?: MemoryRange }

export const placeOnPage =
  (now: Place): PlaceOnPage =>
  (change) => {
    const { thread, show, range } = { ...now, ...change }
    return {
      ...(thread === null ? {} : { thread }),
      ...(show === "all" ? {} : { show }),
      ...(range === "10m" ? {} : { range }),
    }
  }
