// What is known of a thread's turn that shows no sign of work; null: it does, or none runs.
import type { ThreadId } from "@corral/contracts/ids"
import type { Stalled } from "@corral/contracts/runtime"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"

/** By the thread list: it is no part of a thread's own events, which are for ever. */
export const useStalled = (threadId: ThreadId): Stalled | null => useKey(useLink().shell.threads, threadId)?.stalled ?? null
