// What sleep may cost: a conversation that the provider has cached can have to be read anew, and paid for, when another process resumes it.
import type { Millis } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"

/** Below this the context is hardly more than what every session of an agent begins with: not worth a process that waits. */
const leastTokens = 20_000

/** Tokens that may be read anew because of a sleep now; 0: the cache is cold, or nothing is known of one. */
export const tokensLost = ({ warmUntil, usage }: Thread, now: Millis): number =>
  warmUntil !== undefined && now < warmUntil ? (usage?.contextTokens ?? 0) : 0

/** Until when sleep would cost more than it is worth; 0: it does not. */
export const worthKeepingUntil = (thread: Thread): Millis =>
  (thread.usage?.contextTokens ?? 0) < leastTokens ? 0 : (thread.warmUntil ?? 0)
