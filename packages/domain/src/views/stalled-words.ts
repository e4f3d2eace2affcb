// What is known of a turn that shows no sign of work. That it hangs is not known: a command that waits for a network looks the same.
import type { Millis } from "@corral/contracts/ids"
import type { Stalled } from "@corral/contracts/runtime"
import { inWords } from "../runtime/reason.ts"

/** Less than the system's own ticks is told as none. */
const tickMillis = 10
/** As exact as it is told. */
const tenthMillis = 100

/** `now` may be of another clock, or rounded: it is never before what was seen. */
export const stalledWords = ({ heardAt, since, until, cpuMillis }: Stalled, now: Millis): string =>
  `nothing heard for ${inWords(Math.max(now, until) - heardAt)}, ${cpuWords(cpuMillis)} in ${inWords(until - since)}`

const cpuWords = (millis: number): string => {
  if (millis < tickMillis) return "no CPU used"
  if (millis < tenthMillis) return "under 0.1 s of CPU used"
  return `${(millis / 1000).toFixed(millis < 10_000 ? 1 : 0)} s of CPU used`
}
