// Memory by session as it was: looks of the past hours, by slots of time, for the chart of the Processes page.
import * as Schema from "effect/Schema"
import { Millis } from "./ids.ts"

/** The last ten minutes by 5 s, the last hour by the minute, the last day by ten minutes. */
export const MemoryRange = Schema.Literals(["10m", "1h", "24h"])
export type MemoryRange = typeof MemoryRange.Type

/**
 * One look for each slot of time in which there was one: that which saw most. All arrays are as long as `at` (times of the looks, oldest
 * first); memory is in KiB, and 0 where nothing of the session ran.
 * `since`: before it nothing is known: the first start of a server whose looks are still kept, or the range's own begin.
 * `gapMillis`: between two looks that are further apart nothing is known.
 * `starts`: when a server began, oldest first; between the last look before and the first one after it nothing is known, however near they are.
 * `sessions`: at most 50, those that held most; `key` is the thread's id, or the tree's where it serves none. `others`: all others together.
 * `server`, `supervisor`: resident memory of Corral itself; null where it was not looked at because nothing ran.
 */
export const MemoryPast = Schema.Struct({
  since: Millis,
  gapMillis: Schema.Int,
  starts: Schema.Array(Millis),
  at: Schema.Array(Millis),
  sessions: Schema.Array(Schema.Struct({ key: Schema.String, title: Schema.String, kib: Schema.Array(Schema.Int) })),
  others: Schema.Array(Schema.Int),
  server: Schema.Array(Schema.NullOr(Schema.Int)),
  supervisor: Schema.Array(Schema.NullOr(Schema.Int)),
})
export type MemoryPast = typeof MemoryPast.Type
