// Where a connection stands, and how long it waits before it tries again.
import type { Hello, Refusal } from "@corral/contracts/rpc"

/**
 * `connecting`: the first attempt. `open`: the server has said hello. `lost`: it will be tried again at `retryAt` (ms since 1970), for
 * ever; `attempt` counts from 1, `since` is when the line was lost. `refused`: trying again by itself would not help (wrong version, not
 * signed in); `wake()` tries once more.
 */
export type ConnectionState =
  | { readonly tag: "connecting" }
  | { readonly tag: "open"; readonly hello: Hello }
  | { readonly tag: "lost"; readonly since: number; readonly attempt: number; readonly retryAt: number }
  | { readonly tag: "refused"; readonly refusal: Refusal }

/** Soon the first time: most lines break because the server was restarted. */
const firstRetryMillis = 100
/** A person who looks at a dead page sees it come back within this. */
const longestRetryMillis = 5_000

/** Doubles with each attempt; the half of it is chance, so that a hundred clients do not come back in step. `random` is in [0, 1). */
export function retryMillis(attempt: number, random: number): number {
  const longest = Math.min(longestRetryMillis, firstRetryMillis * 2 ** Math.min(attempt - 1, 16))
  return Math.round(longest * (0.5 + random / 2))
}
