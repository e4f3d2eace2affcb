// The virtual list of a transcript: anchored to its end, moved without React, its measured heights kept for the way back.
import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual"
import { useEffect, useState, type RefObject } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import { estimate } from "./estimate.ts"
import type { Item } from "./items.ts"

/** Rows drawn beyond the edge of the view. */
const overscan = 6
const paddingPixels = 20
const keptThreads = 5

const heights = new Map<ThreadId, readonly VirtualItem[]>()

export const useRowList = (threadId: ThreadId, items: readonly Item[], scroller: RefObject<HTMLDivElement | null>) => {
  const estimateOf = useFirstEstimates(items)
  const list = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: estimateOf,
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

/** The list does not note a height that turns out as estimated, so what was once estimated for a growing row must stay. */
const useFirstEstimates = (items: readonly Item[]): ((index: number) => number) => {
  const [first] = useState(() => new Map<string, number>())
  return (index) => {
    const item = items[index]
    const known = item === undefined ? undefined : first.get(item.key)
    const height = known ?? estimate(item)
    if (item !== undefined && known === undefined) first.set(item.key, height)
    return height
  }
}

const keep = (threadId: ThreadId, snapshot: readonly VirtualItem[]): void => {
  heights.delete(threadId)
  heights.set(threadId, snapshot)
  const oldest = heights.keys().next()
  if (heights.size > keptThreads && oldest.done !== true) heights.delete(oldest.value)
}
