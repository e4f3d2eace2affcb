// What a process has cost so far, as the kernel counts it.
import { readdirSync, readFileSync } from "node:fs"

const nanosPerMilli = 1e6

/**
 * CPU time of a process since its start, all its threads together, in ms. By the scheduler's own count: that by ticks charges a whole tick to
 * whoever runs when it comes, which for a program that wakes by timers can be many times too much.
 */
export const cpuMillis = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`)
    .map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]) / nanosPerMilli)
    .reduce((sum, millis) => sum + millis, 0)

export interface Memory {
  readonly rssMegabytes: number
  readonly privateMegabytes: number
  readonly pssMegabytes: number
}

export const memoryOf = (pid: number): Memory => {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8")
  const megabytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(rollup)?.[1] ?? Number.NaN) / 1024
  return {
    rssMegabytes: megabytes("Rss"),
    privateMegabytes: megabytes("Private_Clean") + megabytes("Private_Dirty"),
    pssMegabytes: megabytes("Pss"),
  }
}
