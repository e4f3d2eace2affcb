// The virtual list of a transcript: anchored to its end, moved without React, its measured heights kept for the way back.
import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual"
import { useEffect, type RefObject } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import { estimate } from "./estimate.ts"
import type { Item } from "./items.ts"

/** Rows drawn beyond the edge of the view. */
const overscan = 6
const paddingPixels = 20
const keptThreads = 5

const heights = new Map<ThreadId, readonly VirtualItem[]>()

export const useRowList = (threadId: ThreadId, items: readonly Item[], scroller: RefObject<HTMLDivElement | null>) => {
  // The rule speaks to the React Compiler, which this app does without.
  // oxlint-disable-next-line react/incompatible-library
  const list = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(items[index]),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan,
    paddingStart: paddingPixels,
    paddingEnd: paddingPixels,
    anchorTo: "end",
    followOnAppend: false,
    directDomUpdates: true,
    directDomUpdatesMode: "position",
    initialMeasurementsCache: [...(heights.get(threadId) ?? [])],
  })
  const snapshot = list.takeSnapshot
  useEffect(() => () => keep(threadId, snapshot()), [threadId, snapshot])
  return list
}

const keep = (threadId: ThreadId, snapshot: readonly VirtualItem[]): void => {
  heights.delete(threadId)
  heights.set(threadId, snapshot)
  const oldest = heights.keys().next()
  if (heights.size > keptThreads && oldest.done !== true) heights.delete(oldest.value)
}
