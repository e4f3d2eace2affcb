// The last act of a supervisor that was killed: its watcher, which is a shell, ends all its leaves at once and writes down whom. The sweep that
// comes after reads that, so that its certificates name who was ended, and on what evidence.
import { readFileSync, rmSync } from "node:fs"
import type { TreeCertificate } from "@corral/contracts/certificate"
import { isAlive, parseStat, readMachine, type Machine } from "./proc.ts"

/** The shell reads 0.1 ms for each that it names, and whoever is in the last leaf waits for that. All are ended; these are named. */
const mostNamed = 500
/** A line has the leaf's name, seven numbers of /proc/PID/statm, then /proc/PID/stat. */
const statmFields = 7
/** More is not read: so many lines are shorter than this. */
const maxRecordBytes = 16 * 1024 * 1024

/**
 * `$1`: what the paths of all leaves of this supervisor begin with, and those of nobody else. `$2`: where it is written down. By the shell
 * alone: where no memory is left to start anything, it still ends them. Listed before, since nobody can be asked afterwards; written after,
 * since a disk may keep it waiting; and only what was ended.
 */
export const strikeScript = `
n=0 struck=
list() {
  [ $n -lt ${mostNamed} ] || return 0
  for part in "$1"/*/; do [ -d "$part" ] && list "\${part%/}"; done
  while [ $n -lt ${mostNamed} ] && read -r pid; do
    n=$((n+1))
    read -r mem <"/proc/$pid/statm" && read -r stat <"/proc/$pid/stat" && seen="$seen\${leaf##*/} $mem $stat
"
  done <"$1/cgroup.procs"
}
for leaf in "$1"*; do
  seen=
  list "$leaf"
  echo 1 >"$leaf/cgroup.kill" && struck="$struck$seen"
done
[ -z "$struck" ] || printf %s "$struck" >>"$2"
shift 2`

export interface Struck {
  readonly killed: TreeCertificate["killed"]
  /** Their private memory: what was certainly freed. */
  readonly freedBytes: number
}
export const nobodyStruck: Struck = { killed: [], freedBytes: 0 }

/** Whom watchers ended, by the name of the leaf. What cannot be read names nobody. */
export function readStruck(record: string): ReadonlyMap<string, Struck> {
  const lines = read(record).split("\n")
  const found = new Map<string, Struck>()
  if (lines.length < 2) return found
  const machine = readMachine()
  for (const line of lines) {
    const [leaf = "", ...fields] = line.split(" ")
    const one = readLine(fields, machine)
    const { killed, freedBytes } = found.get(leaf) ?? nobodyStruck
    if (one !== null) found.set(leaf, { killed: [...killed, one.killed], freedBytes: freedBytes + one.freedBytes })
  }
  return found
}

function readLine(fields: readonly string[], { bootedAt, ticksPerSecond, pageBytes }: Machine) {
  const stat = parseStat(fields.slice(statmFields).join(" "))
  if (stat === null || !isAlive(stat)) return null
  const [, resident = 0, shared = 0] = fields.map(Number)
  const startedAt = bootedAt + Math.round((stat.start * 1000) / ticksPerSecond)
  const killed = { pid: stat.pid, startedAt, command: stat.name, signal: "KILL", evidence: "cgroup" } as const
  return { killed, freedBytes: Math.max(0, resident - shared) * pageBytes }
}

/** Each once: whom the ladder still saw may have been ended by the watcher in the same moment. */
export function withStruck({ killed }: Struck, others: TreeCertificate["killed"]): TreeCertificate["killed"] {
  if (killed.length === 0) return others
  const pids = new Set(killed.map(({ pid }) => pid))
  return [...killed, ...others.filter(({ pid }) => !pids.has(pid))]
}

/** Every tree that it tells of has its certificate. */
export function forgetStruck(record: string): void {
  try {
    rmSync(record, { force: true })
  } catch {
    // It names leaves that no other tree will ever have.
  }
}

function read(record: string): string {
  try {
    return readFileSync(record, "utf8").slice(-maxRecordBytes)
  } catch {
    return ""
  }
}
