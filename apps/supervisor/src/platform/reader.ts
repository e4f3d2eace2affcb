// Rows of /proc for one look after another. A token is fixed at fork, so a look need not read everybody anew to know everybody.
import type { Mark, Row } from "./containment.ts"
import type { Fresh, Table } from "./evidence.ts"
import type { Limits, Machine, Stat } from "./proc.ts"

/** Where it reads: /proc, or what a test makes of it. */
export interface Source {
  readonly listPids: () => readonly number[]
  readonly readStat: (pid: number) => Stat | null
  readonly readLimits: (pid: number) => Limits
  readonly readVariable: (pid: number, name: string) => string | null
  readonly readForks: () => number
  readonly readLastPid: () => number | null
  readonly pidsIn: (leaf: string) => readonly number[]
  readonly isIn: (leaf: string, pid: number) => boolean
}

/** What a process was when it was read: enough to tell whether it must be read again. */
type Read = Pick<Row, "ppid" | "sid" | "token" | "innerToken">
const nobody: Read = { ppid: 0, sid: 0, token: null, innerToken: null }

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

  constructor(machine: Machine, source: Source) {
    this.#machine = machine
    this.#source = source
  }

  /** `leaf`: the one that names it, and that it is asked about. */
  row(pid: number, { withCookie, leaf = null }: { readonly withCookie: boolean; readonly leaf?: string | null }): Row | null {
    const { locks: token, resident: innerToken } = this.#source.readLimits(pid)
    const stat = this.#source.readStat(pid)
    if (!stat) return null
    const { name, ppid, pgid, sid, start } = stat
    const startedAt = this.#machine.bootedAt + Math.round((start * 1000) / this.#machine.ticksPerSecond)
    const cookie = withCookie ? this.#source.readVariable(pid, "CORRAL_TREE") : null
    const isHoused = leaf !== null && this.#source.isIn(leaf, pid)
    return { pid, ppid, pgid, sid, start, startedAt, name, token, innerToken, cookie, leaf: isHoused ? leaf : null }
  }

  table(marks: readonly Mark[], full: boolean): Table {
    const withCookie = marks.some((mark) => mark.token === null)
    const since = this.#lastPid
    const mayHaveWrapped = this.#begin()
    // An environment changes at exec, so where it is the evidence every look is a full one.
    if (full || withCookie || mayHaveWrapped || since === null) this.#seen.clear()
    const given = new Set<number>()
    const fresh = (): Fresh => {
      const pids = this.#source.listPids()
      this.#forget(pids)
      // After the listing: whoever is in it has its number by now.
      const isNewNumber = givenOut(since, this.#source.readLastPid())
      const isTied = this.#tiesTo(marks)
      const leafOf = this.#housed(marks)
      const isKnownToBeNobodys = (pid: number): boolean => {
        const read = this.#seen.get(pid)
        return read !== undefined && !isNewNumber(pid) && !isTied(pid, read) && !leafOf.has(pid)
      }
      let missed = 0
      const rows = pids.flatMap((pid) => {
        if (given.has(pid) || isKnownToBeNobodys(pid)) return []
        given.add(pid)
        const row = this.row(pid, { withCookie, leaf: leafOf.get(pid) ?? null })
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
    const bearsToken = ({ token, innerToken }: Read): boolean => token !== null || innerToken !== null
    const isMember = (pid: number): boolean => known.has(pid) || bearsToken(this.#seen.get(pid) ?? nobody)
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
