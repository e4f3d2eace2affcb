// What a process has cost so far, as the kernel counts it.
import { readFileSync } from "node:fs"

/** Linux counts CPU time in hundredths of a second wherever anybody looks at it. */
const millisPerTick = 10

/** CPU time of a process since its start, its own and the kernel's for it, in ms. */
export const cpuMillis = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return (Number(fields[11]) + Number(fields[12])) * millisPerTick
}

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
