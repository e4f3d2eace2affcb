// Linux: tokens by prlimit, everything else by /proc. Works without root, addons and helpers of our own.
import { writeFileSync } from "node:fs"
import { installOf } from "../token.ts"
import type { Containment, LookOptions, Mark, Row, Sent, Sighted, Sighting, Weight } from "./containment.ts"
import { pass, type Table } from "./evidence.ts"
import * as proc from "./proc.ts"
import { sendSignal } from "./send-signal.ts"

/** Raised above everything a person runs: where memory ends, agents go before editors. Lowering it would need rights. */
const oomScoreRaise = "500"
/** A command line longer than this says nothing more to a reader. */
const maxCommandChars = 256

export interface LinuxTier {
  readonly tier: "linux-token" | "linux-plain"
  readonly tierReason: string | null
  readonly install: number
  /** The command that sets the token and execs; null where none works. */
  readonly wrapper: ((token: string) => readonly string[]) | null
  readonly tokenCeiling: bigint | null
}

/** Throws where /proc is not there: without it nothing can be contained. */
export function linux(tier: LinuxTier): Containment {
  const machine = proc.readMachine()
  const reader = new Reader(machine)
  const untouchable = ownLine()
  const signal = (member: Sighted, send: (stat: proc.Stat) => Sent): Sent => {
    if (untouchable.has(member.pid)) return "not-ours"
    return attempt("denied", () => {
      const stat = proc.readStat(member.pid)
      if (!stat || stat.start !== member.start) return "gone"
      return holds(member) ? send(stat) : "not-ours"
    })
  }
  return {
    tier: tier.tier,
    tierReason: tier.tierReason,
    boot: machine.boot,
    pauseMillis: 20,
    tokenCeiling: tier.tokenCeiling,
    wrap: (token, argv) => (token === null || tier.wrapper === null ? argv : [...tier.wrapper(token), ...argv]),
    identify: (pid) => attempt(null, () => reader.row(pid, false)),
    look: (marks, options) => look(reader, { marks, options, install: tier.install }),
    signal: (member, name) => signal(member, () => sendSignal(member.pid, name)),
    killGroup: (member) =>
      signal(member, (stat) => (member.mark.sids.has(stat.sid) && stat.pgid > 1 ? sendSignal(-stat.pgid, "SIGKILL") : "not-ours")),
    protect: (pid) => void untouchable.add(pid),
    offerToOom,
    weigh: (pid) => attempt(null, () => weigh(pid, machine)),
    commandOf: (row) => (attempt("", () => proc.readCommandLine(row.pid)) || row.name).slice(0, maxCommandChars),
    sessionTag: (pid) => attempt(null, () => proc.readVariable(pid, "CORRAL_SESSION")),
  }
}

/** `otherwise` where we are unable to look at all: nothing may be concluded from that, and nothing done. */
function attempt<A>(otherwise: A, read: () => A): A {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** Evidence read again. What was proved by descent was journalled then; its identity is the evidence now. */
function holds(member: Sighted): boolean {
  const { mark, pid, evidence } = member
  if (evidence === "token") return proc.readLockLimit(pid) === mark.token
  if (evidence === "cookie") return proc.readVariable(pid, "CORRAL_TREE") === mark.cookie
  return mark.known.get(pid) === member.start
}

/** Ourselves and everyone we descend from. */
function ownLine(): Set<number> {
  const line = new Set([0, 1, process.pid])
  for (let pid = process.ppid; pid > 1 && !line.has(pid); pid = proc.readStat(pid)?.ppid ?? 0) line.add(pid)
  return line
}

function look(reader: Reader, asked: { marks: readonly Mark[]; options: LookOptions; install: number }): Sighting {
  const { marks, options, install } = asked
  const begin = performance.now()
  try {
    const found = pass(reader.table(marks, options.full), marks, options.strike ?? (() => {}))
    const unclaimed = found.rest.filter((row) => row.token !== null && installOf(row.token) === install)
    return { complete: found.settled, members: found.members, unclaimed, lookMillis: performance.now() - begin }
  } catch {
    return { complete: false, members: new Map(marks.map((mark) => [mark, []])), unclaimed: [], lookMillis: performance.now() - begin }
  }
}

/**
 * Rows of /proc. A token is fixed at fork, so between full looks only new processes and bearers are read again.
 * A number that is reused between two looks is then missed until the next full one: hence only full looks prove anything.
 */
class Reader {
  readonly #machine: proc.Machine
  /** pid → whether it is worth reading again. */
  #seen = new Map<number, boolean>()
  #forks = 0

  constructor(machine: proc.Machine) {
    this.#machine = machine
  }

  row(pid: number, withCookie: boolean): Row | null {
    const token = proc.readLockLimit(pid)
    const stat = proc.readStat(pid)
    if (!stat) return null
    const { name, ppid, pgid, sid, start } = stat
    const startedAt = this.#machine.bootedAt + Math.round((start * 1000) / this.#machine.ticksPerSecond)
    const cookie = withCookie ? proc.readVariable(pid, "CORRAL_TREE") : null
    return { pid, ppid, pgid, sid, start, startedAt, name, token, cookie }
  }

  table(marks: readonly Mark[], full: boolean): Table {
    const withCookie = marks.some((mark) => mark.token === null)
    const forks = proc.readForks()
    const mayHaveWrapped = forks - this.#forks > this.#machine.maxPid / 4
    this.#forks = forks
    // An environment changes at exec, so where it is the evidence every look is a full one.
    if (full || withCookie || mayHaveWrapped) this.#seen.clear()
    const known = new Set(marks.flatMap((mark) => [...mark.known.keys()]))
    const given = new Set<number>()
    const fresh = (): readonly Row[] => {
      const pids = proc.listPids()
      if (given.size === 0) this.#forget(pids)
      return pids.flatMap((pid) => {
        if (given.has(pid)) return []
        given.add(pid)
        if (this.#seen.get(pid) === false && !known.has(pid)) return []
        const row = this.row(pid, withCookie)
        this.#seen.set(pid, row !== null && row.token !== null)
        return row ? [row] : []
      })
    }
    return { fresh, mayHaveWrapped }
  }

  #forget(pids: readonly number[]): void {
    const alive = new Set(pids)
    for (const pid of this.#seen.keys()) if (!alive.has(pid)) this.#seen.delete(pid)
  }
}

function offerToOom(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, oomScoreRaise)
  } catch {
    // It has left, or the system does not allow it; nothing depends on it.
  }
}

function weigh(pid: number, machine: proc.Machine): Weight | null {
  const pages = proc.readPages(pid)
  const stat = proc.readStat(pid)
  if (!pages || !stat) return null
  return {
    privateBytes: Math.max(0, pages.resident - pages.shared) * machine.pageBytes,
    sharedBytes: pages.shared * machine.pageBytes,
    executable: proc.readExecutable(pid) ?? stat.name,
    cpuMillis: (stat.cpuTicks * 1000) / machine.ticksPerSecond,
  }
}
