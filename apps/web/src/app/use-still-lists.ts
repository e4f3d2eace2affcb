// The sidebar's lists, which do not change their order under the pointer or the focus.
import { useState } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import { useLink } from "../link/link.ts"
import { noLists, type ThreadLists } from "../link/thread-lists.ts"
import { useKey } from "../link/use-key.ts"

export const useStillLists = () => {
  const now = useKey(useLink().shell.lists, "lists") ?? noLists
  const [held, setHeld] = useState<ThreadLists | null>(null)
  const lists = held === null ? now : inOrderOf(held, now)
  const hold = () => setHeld((before) => before ?? now)
  const release = () => setHeld(null)
  return { lists, stillness: { onPointerEnter: hold, onPointerLeave: release, onFocus: hold, onBlur: release } }
}

/** What is new goes to the end, what is gone goes; the rest stays where it was. */
const inOrderOf = (before: ThreadLists, now: ThreadLists): ThreadLists => ({
  ...now,
  needsYou: kept(before.needsYou, now.needsYou),
  byProject: new Map([...now.byProject].map(([projectId, threads]) => [projectId, kept(before.byProject.get(projectId) ?? [], threads)])),
})

const kept = (before: readonly ThreadId[], now: readonly ThreadId[]): readonly ThreadId[] => {
  const place = new Map(before.map((threadId, index) => [threadId, index]))
  return now.toSorted((a, b) => (place.get(a) ?? before.length) - (place.get(b) ?? before.length))
}
