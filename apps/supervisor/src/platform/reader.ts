// Rows of /proc for one look after another. A token is fixed at fork, so a look need not read everybody anew to know everybody.
import { setImmediate } from "node:timers/promises"
import type { Mark, Row } from "./containment.ts"
import type { Fresh, Table } from "./evidence.ts"
import type { Machine, Stat } from "./proc.ts"

/** Where it reads: /proc, or what a test makes of it. */
export interface Source {
  readonly listPids: () => readonly number[]
  readonly readStat: (pid: number) => Stat | null
  readonly readLockLimit: (pid: number) => string | null
  readonly readVariable: (pid: number, name: string) => string | null
  readonly readForks: () => number
  readonly readLastPid: () => number | null
  readonly pidsIn: (leaf: string) => readonly number[]
  readonly isIn: (leaf: string, pid: number) => boolean
}

interface Wanted {
  readonly withCookie: boolean
  readonly leaf?: string | null
  readonly token?: string | null
}

/** What a process was when it was read: enough to tell whether it must be read again. */
type Read = Pick<Row, "ppid" | "sid" | "token">
const nobody: Read = { ppid: 0, sid: 0, token: null }

/**
 * Each cheap look reads a part of all processes anew, whatever it believes of them, and so many looks read everybody. All at one go is 30 ms
 * for a thousand processes, in which the supervisor would hear nobody.
 */
const looksToReadAll = 30

/** Read at one go while looking ahead: some 4 ms, in which nobody is heard. */
const sliceProcesses = 128
/** What was read ahead is believed for this long. A machine that is slower than that reads everybody at one go after all. */
const aheadMillis = 500

/**
 * A cheap look passes over whom an earlier one read and found to be nobody's. That stays true of a process for as long as it lives,
 * but for two things, and who is touched by them is read again:
 * - its number may be another's by now. Numbers are given out in turn, so only those since the last look can be;
 * - that look may have been about other trees. What has its parent or its session in one that is asked about now may be of that one.
 */
export class Reader {
  readonly #machine: Machine
  readonly #source: Source
  readonly #seen = new Map<number, Read>()
  #forks = 0
  #lastPid: number | null = null
  #looks = 0
  #readAheadAt = -Infinity
  /** Found while reading ahead, and to be told by the look that follows. */
  #mayHaveWrapped = false

  constructor(machine: Machine, source: Source) {
    this.#machine = machine
    this.#source = source
  }

  /**
   * Reads everybody, a slice at a time, so that others are heard in between. A full look soon after it reads again only what a cheap one
   * would: members, who is tied to them, and every number that was given out since this began. All it says is then younger than this call.
   */
  async readAhead(): Promise<void> {
    this.#mayHaveWrapped ||= this.#begin()
    this.#seen.clear()
    let read = 0
    for (const pid of this.#source.listPids()) {
      this.#seen.set(pid, this.row(pid, { withCookie: false }) ?? nobody)
      read += 1
      if (read % sliceProcesses === 0) await setImmediate()
    }
    this.#readAheadAt = performance.now()
  }

  /** Whether a number was given out since the last look. If none was, nobody has come. */
  hasNews(): boolean {
    const last = this.#source.readLastPid()
    return last === null || last !== this.#lastPid
  }

  /** `leaf`: the one that names it, and that it is asked about. `token`: where it is known already. */
  row(pid: number, { withCookie, leaf = null, token = this.#source.readLockLimit(pid) }: Wanted): Row | null {
    const stat = this.#source.readStat(pid)
    if (!stat) return null
    const { name, ppid, pgid, sid, start } = stat
    const startedAt = this.#machine.bootedAt + Math.round((start * 1000) / this.#machine.ticksPerSecond)
    const cookie = withCookie ? this.#source.readVariable(pid, "CORRAL_TREE") : null
    const isHoused = leaf !== null && this.#source.isIn(leaf, pid)
    return { pid, ppid, pgid, sid, start, startedAt, name, token, cookie, leaf: isHoused ? leaf : null }
  }

  table(marks: readonly Mark[], full: boolean): Table {
    const withCookie = marks.some((mark) => mark.token === null)
    const since = this.#lastPid
    const hasWrapped = this.#begin()
    const mayHaveWrapped = hasWrapped || this.#mayHaveWrapped
    this.#mayHaveWrapped = false
    const isReadAhead = performance.now() - this.#readAheadAt < aheadMillis
    // An environment changes at exec, so where it is the evidence every look is a full one.
    if ((full && !isReadAhead) || withCookie || hasWrapped || since === null) this.#seen.clear()
    const turn = this.#looks++ % looksToReadAll
    const given = new Set<number>()
    const fresh = (): Fresh => {
      const pids = this.#source.listPids()
      this.#forget(pids)
      // After the listing: whoever is in it has its number by now.
      const isNewNumber = givenOut(since, this.#source.readLastPid())
      const isTied = this.#tiesTo(marks)
      const leafOf = this.#housed(marks)
      /** What was read of it, as far as that is believed. */
      const believed = (pid: number): Read | undefined =>
        pid % looksToReadAll === turn || isNewNumber(pid) ? undefined : this.#seen.get(pid)
      let missed = 0
      const rows = pids.flatMap((pid) => {
        if (given.has(pid)) return []
        const read = believed(pid)
        if (read !== undefined && !isTied(pid, read) && !leafOf.has(pid)) return []
        given.add(pid)
        // A process keeps its token for life. Its session and its parent it may have changed since.
        const known = read?.token == null ? {} : { token: read.token }
        const row = this.row(pid, { withCookie, leaf: leafOf.get(pid) ?? null, ...known })
        this.#seen.set(pid, row ?? nobody)
        if (row === null) missed += 1
        return row ?? []
      })
      return { rows, missed }
    }
    return { fresh, mayHaveWrapped }
  }

  /** Before the listing: what is given out from now on is new to the next look too. */
  #begin(): boolean {
    const forks = this.#source.readForks()
    const mayHaveWrapped = forks - this.#forks > this.#machine.maxPid / 4
    this.#forks = forks
    this.#lastPid = this.#source.readLastPid()
    return mayHaveWrapped
  }

  /** Anew for each listing: a pass adds to the marks what it proves. */
  #tiesTo(marks: readonly Mark[]): (pid: number, read: Read) => boolean {
    const known = new Set(marks.flatMap((mark) => [...mark.known.keys()]))
    const sids = new Set(marks.flatMap((mark) => [...mark.sids]))
    const isMember = (pid: number): boolean => known.has(pid) || (this.#seen.get(pid)?.token ?? null) !== null
    return (pid, read) => isMember(pid) || isMember(read.ppid) || sids.has(read.sid)
  }

  /** Whom the leaves name now, and which. */
  #housed(marks: readonly Mark[]): ReadonlyMap<number, string> {
    const leaves = marks.flatMap(({ leaf }) => leaf ?? [])
    return new Map(leaves.flatMap((leaf) => this.#source.pidsIn(leaf).map((pid) => [pid, leaf] as const)))
  }

  #forget(alive: readonly number[]): void {
    const pids = new Set(alive)
    for (const pid of this.#seen.keys()) if (!pids.has(pid)) this.#seen.delete(pid)
  }
}

/** Whether a number was given out after `since` and up to `last`. They go up, and at the end begin anew; null: cannot be told. */
function givenOut(since: number | null, last: number | null): (pid: number) => boolean {
  if (since === null || last === null) return () => true
  if (since <= last) return (pid) => pid > since && pid <= last
  return (pid) => pid > since || pid <= last
}
