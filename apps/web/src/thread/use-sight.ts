// What is known of a thread that no event of it tells: whether its turn is stalled, its place in line, how much memory its session holds.
import type { ThreadId } from "@corral/contracts/ids"
import type { Sight } from "@corral/contracts/runtime"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"

const nothing: Sight = {}

/** By the thread list: it is no part of a thread's own events, which are for ever. */
export const useSight = (threadId: ThreadId): Sight => {
  const summary = useKey(useLink().shell.threads, threadId)
  if (summary === undefined) return nothing
  const { stalled, admission, heavy } = summary
  return { ...(stalled && { stalled }), ...(admission && { admission }), ...(heavy && { heavy }) }
}
