// Rows of /proc for one look after another. A token is fixed at fork, so a look need not read everybody anew to know everybody.
import { setImmediate } from "node:timers/promises"
import type { LookOptions, Mark, Row } from "./containment.ts"
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
  /** False: nobody has this number, or it is a thread's. */
  readonly isProcess: (pid: number) => boolean
}

interface Wanted {
  readonly withCookie: boolean
  readonly leaf?: string | null
  readonly limits?: Limits
}

/** What a process was when it was read: enough to tell whether it must be read again. */
type Read = Pick<Row, "ppid" | "sid" | "token" | "innerToken">
const nobody: Read = { ppid: 0, sid: 0, token: null, innerToken: null }

/**
 * Each listing reads a part of all processes anew, whatever is believed of them, and so many read everybody. All at one go is 30 ms
 * for a thousand processes, in which the supervisor would hear nobody.
 */
const looksToReadAll = 30

/** After so many looks at the news everybody is listed again. */
const looksToList = 15
/** Numbers that are tried one by one; for more a listing is cheaper. */
const mostNews = 256

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
  /** Looks at the news since everybody was listed. */
  #sinceListing = 0
  /** Numbers that were given out and named nobody yet. */
  #unborn: number[] = []
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

  /** `leaf`: the one that names it, and that it is asked about. `limits`: where they are known already. */
  row(pid: number, { withCookie, leaf = null, limits = this.#source.readLimits(pid) }: Wanted): Row | null {
    const { locks: token, resident: innerToken } = limits
    const stat = this.#source.readStat(pid)
    if (!stat) return null
    const { name, ppid, pgid, sid, start } = stat
    const startedAt = this.#machine.bootedAt + Math.round((start * 1000) / this.#machine.ticksPerSecond)
    const cookie = withCookie ? this.#source.readVariable(pid, "CORRAL_TREE") : null
    const isHoused = leaf !== null && this.#source.isIn(leaf, pid)
    return { pid, ppid, pgid, sid, start, startedAt, name, token, innerToken, cookie, leaf: isHoused ? leaf : null }
  }

  table(marks: readonly Mark[], { full, onlyNews = false }: Pick<LookOptions, "full" | "onlyNews">): Table {
    const withCookie = marks.some((mark) => mark.token === null)
    const since = this.#lastPid
    const isNews = onlyNews && !full && !withCookie && since !== null && this.#isShortSince(since)
    this.#sinceListing = isNews ? this.#sinceListing + 1 : 0
    return isNews ? this.#news(marks, since) : this.#listing(marks, { full, withCookie, since })
  }

  #listing(marks: readonly Mark[], how: { readonly full: boolean; readonly withCookie: boolean; readonly since: number | null }): Table {
    const { full, withCookie, since } = how
    const hasWrapped = this.#begin()
    const mayHaveWrapped = hasWrapped || this.#mayHaveWrapped
    this.#mayHaveWrapped = false
    const isReadAhead = performance.now() - this.#readAheadAt < aheadMillis
    // An environment changes at exec, so where it is the evidence every look is a full one.
    if ((full && !isReadAhead) || withCookie || hasWrapped || since === null) this.#seen.clear()
    const read = this.#reading(marks, { withCookie, turn: this.#looks++ % looksToReadAll })
    const fresh = (): Fresh => {
      const pids = this.#source.listPids()
      this.#forget(pids)
      // After the listing: whoever is in it has its number by now.
      return read(pids, givenOut(since, this.#source.readLastPid()))
    }
    return { fresh, mayHaveWrapped, isWhole: true }
  }

  /**
   * Of those who are known the members, and all numbers given out since. A number that names nobody yet may do so a moment later, so it is
   * tried once more by the next look. Who left meanwhile is no reason to look again: nothing is proved by this.
   */
  #news(marks: readonly Mark[], since: number): Table {
    const waiting = this.#unborn
    this.#unborn = []
    this.#lastPid = this.#source.readLastPid()
    const read = this.#reading(marks, { withCookie: false, turn: null })
    const tried = new Set<number>()
    const fresh = (): Fresh => {
      const last = this.#source.readLastPid() ?? since
      const numbers = [...waiting, ...numbersBetween(since, last)].filter((pid) => !tried.has(pid))
      for (const pid of numbers) tried.add(pid)
      const there = numbers.filter((pid) => this.#source.isProcess(pid))
      this.#unborn.push(...numbers.filter((pid) => !there.includes(pid) && !waiting.includes(pid)))
      const { rows } = read([...new Set([...this.#seen.keys(), ...there])], givenOut(since, last))
      return { rows, missed: 0 }
    }
    return { fresh, mayHaveWrapped: false, isWhole: false }
  }

  /** Whether so little has happened that a look at the news is one: else it lists. */
  #isShortSince(since: number): boolean {
    const last = this.#source.readLastPid()
    if (this.#sinceListing >= looksToList || last === null || last < since || last - since > mostNews) return false
    return this.#source.readForks() - this.#forks <= this.#machine.maxPid / 4
  }

  /** Reads whom it must of those it is given, each once. */
  #reading(marks: readonly Mark[], { withCookie, turn }: { readonly withCookie: boolean; readonly turn: number | null }) {
    const given = new Set<number>()
    const tokens = new Set(marks.map(({ token }) => token ?? ""))
    return (pids: readonly number[], isNewNumber: (pid: number) => boolean): Fresh => {
      const isTied = this.#tiesTo(marks)
      const leafOf = this.#housed(marks)
      const believed = (pid: number) => (pid % looksToReadAll === turn || isNewNumber(pid) ? undefined : this.#seen.get(pid))
      const due = pids.filter((pid) => {
        if (given.has(pid)) return false
        const seen = believed(pid)
        return seen === undefined || isTied(pid, seen) || leafOf.has(pid)
      })
      const rows = due.map((pid) => {
        given.add(pid)
        const limits = limitsOf(believed(pid), tokens)
        return this.#read(pid, { withCookie, leaf: leafOf.get(pid) ?? null, ...(limits && { limits }) })
      })
      return { rows: rows.filter((row) => row !== null), missed: rows.filter((row) => row === null).length }
    }
  }

  #read(pid: number, wanted: Wanted): Row | null {
    const row = this.row(pid, wanted)
    this.#seen.set(pid, row ?? nobody)
    return row
  }

  /** Before a listing: what is given out from now on is new to the next look too. */
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

/**
 * A process keeps a token of these for life. Its session and its parent it may have changed since; and who bears that of another Corral
 * alone may be about to take one of ours beside it.
 */
function limitsOf(seen: Read | undefined, tokens: ReadonlySet<string>): Limits | undefined {
  if (seen === undefined || !(tokens.has(seen.token ?? "none") || tokens.has(seen.innerToken ?? "none"))) return undefined
  return { locks: seen.token, resident: seen.innerToken }
}

/** Whether a number was given out after `since` and up to `last`. They go up, and at the end begin anew; null: cannot be told. */
function givenOut(since: number | null, last: number | null): (pid: number) => boolean {
  if (since === null || last === null) return () => true
  if (since <= last) return (pid) => pid > since && pid <= last
  return (pid) => pid > since || pid <= last
}

/** Given out after `since` and up to `last`, where they have not begun anew in between. */
function numbersBetween(since: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - since) }, (_, n) => since + 1 + n)
}
