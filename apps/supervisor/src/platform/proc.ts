// Reads and parses /proc, synchronously and into one buffer: a look at a thousand processes must cost milliseconds.
// A process that left is an answer; being unable to look (no file handles left, say) is thrown, so that it is never taken for one.
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from "node:fs"

/** Environments can be larger than any other file read here; what is over this is not looked at. */
const maxReadBytes = 2 * 1024 * 1024
/** Linux gives at least this much of a /proc file at once, so a shorter read was the last one. */
const pageBytes = 4096

let buffer = Buffer.allocUnsafe(16 * 1024)

export interface Stat {
  readonly pid: number
  readonly name: string
  readonly state: string
  readonly ppid: number
  readonly pgid: number
  readonly sid: number
  /** The device of its terminal; 0: none. */
  readonly terminal: number
  readonly cpuTicks: number
  /** Of children that ended and were waited for, theirs included. */
  readonly waitedTicks: number
  readonly threads: number
  readonly start: number
}

/** Throws where /proc cannot be listed: then nothing at all is known. */
export function listPids(): number[] {
  const pids: number[] = []
  for (const name of readdirSync("/proc")) {
    const first = name.charCodeAt(0)
    if (first >= 49 && first <= 57) pids.push(Number(name))
  }
  return pids
}

/** Null: it has left, or is dead and not yet collected. */
export function readStat(pid: number): Stat | null {
  const text = readText(`/proc/${pid}/stat`)
  const stat = text === null ? null : parseStat(text)
  return stat && isAlive(stat) ? stat : null
}

/** The state is that of the first thread, and it may have ended before the others: what is dead has no thread beside it. */
export function isAlive({ state, threads }: Stat): boolean {
  return (state !== "Z" && state !== "X") || threads > 1
}

/** The name may hold anything, brackets and line ends too; the last bracket closes it. */
export function parseStat(text: string): Stat | null {
  const close = text.lastIndexOf(")")
  const fields = text.slice(close + 2).split(" ")
  const field = (n: number): number => Number(fields[n])
  const state = fields[0]
  const start = field(19)
  if (close < 0 || !state || !Number.isSafeInteger(start)) return null
  return {
    pid: Number(text.slice(0, text.indexOf(" "))),
    name: text.slice(text.indexOf("(") + 1, close),
    state,
    ppid: field(1),
    pgid: field(2),
    sid: field(3),
    terminal: field(4),
    cpuTicks: field(11) + field(12),
    waitedTicks: field(13) + field(14),
    threads: field(17),
    start,
  }
}

/**
 * The limits that tokens can stand in; null: unlimited, or not to be read. Linux enforces neither of the first two. The third counts microseconds
 * of realtime processes alone: as large as a token it is thousands of years.
 */
export interface Limits {
  readonly locks: string | null
  readonly resident: string | null
  readonly realtime: string | null
}

export function readLimits(pid: number | "self"): Limits {
  return parseLimits(readText(`/proc/${pid}/limits`) ?? "")
}

export function parseLimits(text: string): Limits {
  const [locks, resident] = [hardLimit(text, "Max file locks"), hardLimit(text, "Max resident set")]
  return { locks, resident, realtime: hardLimit(text, "Max realtime timeout") }
}

/** The hard limit and not the soft one: a process may lower the soft one and raise it again. */
function hardLimit(text: string, name: string): string | null {
  const at = text.indexOf(name)
  if (at < 0) return null
  return /^ +\S+ +(\d+)/.exec(text.slice(at + name.length, at + 80))?.[1] ?? null
}

/** The value of a variable in a process's environment; null: not set, or not to be read. */
export function readVariable(pid: number, name: string): string | null {
  const size = readInto(`/proc/${pid}/environ`)
  return size > 0 ? findVariable(buffer.subarray(0, size), name) : null
}

/** Only at the start or after a NUL: the same text inside another variable is somebody talking about us. */
export function findVariable(environment: Buffer, name: string): string | null {
  const prefix = `${name}=`
  for (let at = environment.indexOf(prefix); at >= 0; at = environment.indexOf(prefix, at + 1)) {
    if (at > 0 && environment[at - 1] !== 0) continue
    const end = environment.indexOf(0, at)
    return environment.toString("utf8", at + prefix.length, end < 0 ? environment.length : end)
  }
  return null
}

/** Forks since boot; 0 where it cannot be read. */
export function readForks(): number {
  return Number(/^processes (\d+)/m.exec(readText("/proc/stat") ?? "")?.[1] ?? 0)
}

/**
 * The number that was given to a process or thread last; null: the system does not tell. A container may be shown a made-up load
 * (lxcfs), so that is asked only where the kernel was built without the other.
 */
export function readLastPid(): number | null {
  const said = readText("/proc/sys/kernel/ns_last_pid") ?? readText("/proc/loadavg")
  const last = Number(/(\d+)\s*$/.exec(said ?? "")?.[1])
  return last > 0 ? last : null
}

/** Resident and shared memory in pages. */
export function readPages(pid: number): { readonly resident: number; readonly shared: number } | null {
  const [, resident, shared] = (readText(`/proc/${pid}/statm`) ?? "").split(" ").map(Number)
  return resident === undefined || shared === undefined ? null : { resident, shared }
}

/** The command line, its words parted by spaces; empty where there is none. */
export function readCommandLine(pid: number): string {
  const size = readInto(`/proc/${pid}/cmdline`)
  return size > 0 ? buffer.toString("utf8", 0, Math.min(size, pageBytes)).replaceAll("\0", " ").trim() : ""
}

/** Its arguments as it was started, or as it has rewritten them; none for a thread of the kernel. */
export function readWords(pid: number): readonly string[] {
  const size = readInto(`/proc/${pid}/cmdline`)
  return size > 0
    ? buffer
        .toString("utf8", 0, size)
        .replace(/[\0\s]+$/, "")
        .split("\0")
    : []
}

/** Whether this is the number of a process, and not of one of its other threads, which are there too and in no listing. */
export function isProcess(pid: number): boolean {
  return Number(/^Tgid:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`) ?? "")?.[1]) === pid
}

/** Whose it is; null: not to be read. */
export function readUser(pid: number): number | null {
  const found = /^Uid:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`) ?? "")?.[1]
  return found === undefined ? null : Number(found)
}

/** The systemd service it belongs to; null: none, or none that the system tells of. A user's own systemd is no such service. */
export function readService(pid: number): string | null {
  const groups = readText(`/proc/${pid}/cgroup`) ?? ""
  const services = [...groups.matchAll(/\/([^/\n]+)\.service(?=[/\n])/g)].map(([, name = ""]) => name)
  return services.findLast((name) => !name.startsWith("user@")) ?? null
}

/** The file that it runs; null: not to be read. */
export function readExecutable(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return null
  }
}

export interface Machine {
  readonly boot: string
  readonly bootedAt: number
  readonly maxPid: number
  readonly pageBytes: number
  readonly ticksPerSecond: number
}

/** Throws where /proc is not there. */
export function readMachine(): Machine {
  const uptimeMillis = Number(readFileSync("/proc/uptime", "latin1").split(" ")[0]) * 1000
  const auxiliary = readAuxiliary()
  return {
    boot: readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim(),
    bootedAt: Math.round(Date.now() - uptimeMillis),
    maxPid: Number(readFileSync("/proc/sys/kernel/pid_max", "latin1")),
    pageBytes: auxiliary.get(6) ?? pageBytes,
    ticksPerSecond: auxiliary.get(17) ?? 100,
  }
}

/** The kernel's own note to each program: 6 is the size of a page, 17 the ticks in a second. 64-bit machines only, as Corral's Node. */
function readAuxiliary(): Map<number, number> {
  const found = new Map<number, number>()
  const bytes = readFileSync("/proc/self/auxv")
  for (let at = 0; at + 16 <= bytes.length; at += 16) found.set(Number(bytes.readBigUInt64LE(at)), Number(bytes.readBigUInt64LE(at + 8)))
  return found
}

/** What it means that a process has left, or does not show this file to us. Anything else is a trouble of our own. */
const answers: ReadonlySet<unknown> = new Set(["ENOENT", "ESRCH", "EACCES", "EPERM"])

function readText(path: string): string | null {
  const size = readInto(path)
  return size > 0 ? buffer.toString("latin1", 0, size) : null
}

/** How many bytes of the file are in the buffer now; -1: it is not there for us. Throws where we could not look: that is no answer. */
function readInto(path: string): number {
  try {
    const file = openSync(path, "r")
    try {
      return readAll(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && answers.has(error.code)) return -1
    throw error
  }
}

function readAll(file: number): number {
  let size = 0
  for (;;) {
    if (size === buffer.length && !grow()) return size
    const read = readSync(file, buffer, size, buffer.length - size, null)
    size += read
    if (read === 0 || (read < pageBytes && size < buffer.length)) return size
  }
}

function grow(): boolean {
  if (buffer.length >= maxReadBytes) return false
  buffer = Buffer.concat([buffer], buffer.length * 2)
  return true
}
