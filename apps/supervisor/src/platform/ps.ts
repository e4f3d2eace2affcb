// Reads the output of `ps`, the same on macOS and Linux, for systems without /proc.
import type { Row } from "./containment.ts"

/** Asked with LC_ALL=C and TZ=UTC, so that dates read alike everywhere. */
export const psColumns = "pid=,ppid=,pgid=,sess=,lstart=,stat=,comm="
export const psWeightColumns = "pid=,rss=,time=,comm="
export const psWordColumns = "pid=,uid=,tty=,args="

const row = /^ *(\d+) +(\d+) +(\d+) +([0-9a-f]+) +(\w{3} +\w{3} +\d+ +[\d:]+ +\d{4}) +(\S+) +(.*)$/

/** Living processes only. `start` is in seconds: two processes that share number and second cannot be told apart. */
export function parsePs(output: string): Row[] {
  return output.split("\n").flatMap((line) => {
    const found = row.exec(line)
    if (!found) return []
    const [, pid, ppid, pgid, sess, started = "", state = "", name = ""] = found
    const startedAt = Date.parse(`${started} UTC`)
    if (state.startsWith("Z") || state.startsWith("X") || Number.isNaN(startedAt)) return []
    const sid = sessionOf(sess)
    return [
      {
        pid: Number(pid),
        ppid: Number(ppid),
        pgid: Number(pgid),
        sid,
        start: startedAt / 1000,
        startedAt,
        name,
        token: null,
        innerToken: null,
        innermostToken: null,
        cookie: null,
        leaf: null,
      },
    ]
  })
}

/** macOS prints a pointer, or 0, where Linux prints the session: only a plain number names one. */
function sessionOf(text = ""): number {
  return /^\d+$/.test(text) ? Number(text) : 0
}

export interface PsWeight {
  readonly residentBytes: number
  readonly cpuMillis: number
  readonly name: string
}

export function parsePsWeight(output: string): PsWeight | null {
  const found = /^ *\d+ +(\d+) +(\S+) +(.*)$/m.exec(output)
  if (!found) return null
  const [, kibibytes, time = "", name = ""] = found
  return { residentBytes: Number(kibibytes) * 1024, cpuMillis: parseTime(time), name }
}

/** `[[days-]hours:]minutes:seconds[.hundredths]` */
function parseTime(text: string): number {
  const [, days = "0", clock = ""] = /^(?:(\d+)-)?([\d:.]+)$/.exec(text) ?? []
  const seconds = clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0)
  return Math.round((Number(days) * 86_400 + seconds) * 1000)
}

export interface PsWords {
  readonly words: readonly string[]
  readonly user: number
  readonly hasTerminal: boolean
}

export function parsePsWords(output: string): ReadonlyMap<number, PsWords> {
  const found = output.matchAll(/^ *(\d+) +(\d+) +(\S+) +(.*)$/gm)
  return new Map(
    [...found].map(([, pid, user, terminal = "", args = ""]) => [
      Number(pid),
      { words: args.trim().split(/ +/), user: Number(user), hasTerminal: !/^\?+$/.test(terminal) },
    ]),
  )
}
