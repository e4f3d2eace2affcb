// What is known of a turn that shows no sign of work. That it hangs is not known: a command that waits for a network looks the same.
import type { Millis } from "@corral/contracts/ids"
import type { Stalled } from "@corral/contracts/runtime"
import { inWords } from "../runtime/reason.ts"

/** Less than the system's own ticks is told as none. */
const tickMillis = 10

export const stalledWords = ({ heardAt, since, until, cpuMillis }: Stalled, now: Millis): string =>
  `nothing heard for ${inWords(now - heardAt)}, ${cpuWords(cpuMillis)} in ${inWords(until - since)}`

const cpuWords = (millis: number): string =>
  millis < tickMillis ? "no CPU used" : `${(millis / 1000).toFixed(millis < 10_000 ? 1 : 0)} s of CPU used`
