// The bounds and names that both sides of a wire must agree on. Plain constants: the browser imports them without Schema.

/** A frame over this is refused on every socket, in bytes. */
export const maxFrameBytes = 8 * 1024 * 1024
/** The text of one turn, in UTF-16 units. */
export const maxTurnChars = 256 * 1024
/** A title, in UTF-16 units; longer ones are refused, never cut. */
export const maxTitleChars = 200
/** Queued turns of one thread. */
export const maxQueuedTurns = 50
/** A tool's input or output over this travels only when a person unfolds it, in UTF-16 units. */
export const maxInlineChars = 8 * 1024
/** What is kept of one tool output at most, in UTF-16 units; the cut is marked. */
export const maxToolOutputChars = 1024 * 1024
/** Rows of a transcript in one page. */
export const pageRows = 200
/** Threads in the first screen of the thread list. */
export const pageThreads = 200
/** What an adapter may leave for a next server, in UTF-16 units. */
export const maxStateChars = 256 * 1024
/** The version of the protocol between client and server. Another major is refused by name. */
export const rpcVersion = 1
/** The version of the protocol between server and supervisor. */
export const supervisorVersion = 2
/** How processes may be asked to be contained. `auto`: the strongest one that changes nothing for an agent while Corral lives. The last two are for tests. */
export const tierWishes = ["token", "sealed", "cgroup", "auto", "plain", "ps"] as const
export type TierWish = (typeof tierWishes)[number]
/** These keep all of a tree in sight. */
export const completeTiers: readonly string[] = ["linux-token", "linux-sealed", "linux-cgroup"]
/** What nobody asked for. */
export const defaultTierWish = "token"
/** Processes that can be named to be ended at once; a person chooses them from a list. */
export const maxNamed = 100
/** A plan of what would end waits for its word this long, in ms: who has thought for longer should look again. */
export const planMillis = 5 * 60_000
