// Rows of /proc for one look after another. A token is fixed at fork, so a look need not read everybody anew to know everybody.
import type { Mark, Row } from "./containment.ts"
import type { Fresh, Table } from "./evidence.ts"
import { givenOut, type Moment, numbersBetween } from "./numbers.ts"
import type { Limits, Machine, Stat } from "./proc.ts"
import { atOnce, inSlices, Slice } from "./slice.ts"
import { limitsOf, nobody, type Read, tiesTo } from "./ties.ts"

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

/** A table before its rows are read. Each time `read` gives who was not given before. */
interface Looking extends Omit<Table, "fresh"> {
  readonly read: () => Generator<void, Fresh>
}

interface Wanted {
  readonly withCookie: boolean
  readonly leaf?: string | null
  readonly limits?: Limits
}

/**
 * Each listing reads a part of all processes anew, whatever is believed of them, and so many read everybody. All at one go is 30 ms
 * for a thousand processes, in which the supervisor would hear nobody.
 */
const looksToReadAll = 30

/** After so many looks at the news everybody is listed again. */
const looksToList = 15
/** Numbers that are tried one by one; for more a listing is cheaper. */
const mostNews = 256

/**
 * A cheap look passes over whom an earlier one read and found to be nobody's. That stays true of a process for as long as it lives,
 * but for two things, and who is touched by them is read again:
 * - its number may be another's by now. Numbers are given out in turn, so only those since the last look can be;
 * - that look may have been about other trees. What has its parent or its session in one that is asked about now may be of that one.
 */
export class Reader {
  readonly #machine: Machine
  readonly #source: Source
  #seen = new Map<number, Read>()
  /** Forks until the last listing began, and until the last look at the news did. */
  #forks = 0
  #forksNow = 0
  #lastPid: number | null = null
  #looks = 0
  /** Looks at the news since everybody was listed. */
  #sinceListing = 0
  /** Numbers that were given out and named nobody yet. */
  #unborn: number[] = []
  #around: Promise<unknown> = Promise.resolve()
  /** Found while reading ahead, and to be told by the look that follows. */
  #mayHaveWrapped = false

  constructor(machine: Machine, source: Source) {
    this.#machine = machine
    this.#source = source
  }

  /**
   * For a full look. Everybody is read in slices first; the pass that follows reads again only what a look around would: members, who is tied to
   * them, and every number that was given out since this began. All it says is then younger than this call. Where an environment is the
   * evidence, or numbers may have gone round meanwhile, it reads everybody at one go.
   */
  async tableFully(marks: readonly Mark[]): Promise<Table> {
    const isReadAhead = !marks.some(hasNoToken) && (await this.#readAhead())
    // In the tick in which that ended: a look that begins in between would take news for known.
    return this.table(marks, { full: !isReadAhead })
  }

  /** False: somebody could not be read now. */
  async #readAhead(): Promise<boolean> {
    try {
      const mayHaveWrapped = this.#begin()
      const [forks, lastPid] = [this.#forks, this.#lastPid]
      // Beside what is known: a look that comes in between must not find half of it.
      const seen = new Map<number, Read>()
      const slice = new Slice()
      for (const pid of this.#source.listPids()) {
        seen.set(pid, this.row(pid, { withCookie: false }) ?? nobody)
        if (slice.isOver) await slice.rest()
      }
      this.#seen = seen
      // And what it took for old news is none to what was read here.
      this.#forks = forks
      this.#lastPid = lastPid
      this.#mayHaveWrapped ||= mayHaveWrapped
      return true
    } catch {
      return false
    }
  }

  /** Whether a number was given out since the last look, or one of then named nobody yet. If not, nobody has come. */
  hasNews(): boolean {
    const last = this.#source.readLastPid()
    return last === null || last !== this.#lastPid || this.#unborn.length > 0
  }

  /** `leaf`: the one that names it, and that it is asked about. `limits`: where they are known already. */
  row(pid: number, { withCookie, leaf = null, limits = this.#source.readLimits(pid) }: Wanted): Row | null {
    const { locks: token, resident: innerToken, realtime: innermostToken } = limits
    const stat = this.#source.readStat(pid)
    if (!stat) return null
    const { name, ppid, pgid, sid, start } = stat
    const startedAt = this.#machine.bootedAt + Math.round((start * 1000) / this.#machine.ticksPerSecond)
    const cookie = withCookie ? this.#source.readVariable(pid, "CORRAL_TREE") : null
    const isHoused = leaf !== null && this.#source.isIn(leaf, pid)
    const tokens = { token, innerToken, innermostToken }
    return { pid, ppid, pgid, sid, start, startedAt, name, ...tokens, cookie, leaf: isHoused ? leaf : null }
  }

  /** Everybody is listed at one go. `full`: and read anew. */
  table(marks: readonly Mark[], { full }: { readonly full: boolean }): Table {
    const { read, ...table } = this.#listing(marks, full)
    return { ...table, fresh: () => atOnce(read()) }
  }

  /**
   * The news, or where these are many everybody; read in slices up to here, and by the pass that follows at one go what has come since.
   * One after the other: what one has taken for its news is known to the next one only when it was read.
   */
  tableAround(marks: readonly Mark[], slice: Slice): Promise<Table> {
    const turn = this.#around.then(() => this.#tableAround(marks, slice))
    this.#around = turn.catch(() => undefined)
    return turn
  }

  async #tableAround(marks: readonly Mark[], slice: Slice): Promise<Table> {
    slice.begin()
    const since = this.#lastPid
    const isNews = since !== null && !marks.some(hasNoToken) && this.#isShortSince(since)
    const { read, ...table } = isNews ? this.#news(marks, since) : this.#listing(marks, false)
    let first: Fresh | null = await inSlices(read(), slice)
    const fresh = (): Fresh => {
      const given = first ?? atOnce(read())
      first = null
      return given
    }
    return { ...table, fresh }
  }

  #listing(marks: readonly Mark[], full: boolean): Looking {
    const since = this.#lastPid
    const withCookie = marks.some(hasNoToken)
    const hasWrapped = this.#begin()
    const mayHaveWrapped = hasWrapped || this.#mayHaveWrapped
    this.#mayHaveWrapped = false
    this.#sinceListing = 0
    // An environment changes at exec, so where it is the evidence every look is a full one.
    const isAnew = full || withCookie || hasWrapped || since === null
    const turn = this.#looks++ % looksToReadAll
    const read = this.#reading(marks, { withCookie, isDue: (pid) => isAnew || pid % looksToReadAll === turn })
    const { listPids, readLastPid } = this.#source
    const forget = (pids: readonly number[]): void => this.#forget(pids)
    return {
      mayHaveWrapped,
      isWhole: true,
      begun: { last: this.#lastPid, forks: this.#forks },
      isGivenSince: this.#isGivenSince,
      *read() {
        const pids = listPids()
        yield
        forget(pids)
        // After the listing: whoever is in it has its number by now.
        return yield* read(pids, givenOut(since, readLastPid()))
      },
    }
  }

  /**
   * Of those who are known the members, and all numbers given out since. A number that names nobody yet may do so a moment later, so it is
   * tried once more by the next look. Who left meanwhile is no reason to look again: nothing is proved by this.
   */
  #news(marks: readonly Mark[], since: number): Looking {
    this.#sinceListing += 1
    const waiting = this.#unborn
    const unborn: number[] = []
    this.#unborn = unborn
    this.#lastPid = this.#source.readLastPid()
    const read = this.#reading(marks, { withCookie: false, isDue: () => false })
    const { readLastPid, isProcess } = this.#source
    const known = (): Iterable<number> => this.#seen.keys()
    const tried = new Set<number>()
    return {
      mayHaveWrapped: false,
      isWhole: false,
      begun: { last: this.#lastPid, forks: this.#forksNow },
      isGivenSince: this.#isGivenSince,
      *read() {
        const last = readLastPid() ?? since
        const numbers = [...waiting, ...numbersBetween(since, last)].filter((pid) => !tried.has(pid))
        for (const pid of numbers) tried.add(pid)
        const there: number[] = []
        for (const pid of numbers) {
          if (isProcess(pid)) there.push(pid)
          else if (!waiting.includes(pid)) unborn.push(pid)
          yield
        }
        const { rows } = yield* read([...new Set([...known(), ...there])], givenOut(since, last))
        return { rows, missed: 0 }
      },
    }
  }

  /** The numbers come by each one sooner or later, and that they have not gone round since does not say that they did not come by it. */
  readonly #isGivenSince = (number: number, { last, forks }: Moment): boolean => {
    if (this.#source.readForks() - forks > this.#machine.maxPid / 4) return true
    const now = this.#source.readLastPid()
    return last !== null && now !== null && givenOut(last, now)(number)
  }

  /** Whether so little has happened that a look at the news is one: else it lists. */
  #isShortSince(since: number): boolean {
    const last = this.#source.readLastPid()
    if (this.#sinceListing >= looksToList || last === null || last < since || last - since > mostNews) return false
    this.#forksNow = this.#source.readForks()
    return this.#forksNow - this.#forks <= this.#machine.maxPid / 4
  }

  /** Reads whom it must of those it is given, each once. `isDue`: whatever is believed of it. */
  #reading(marks: readonly Mark[], how: { readonly withCookie: boolean; readonly isDue: (pid: number) => boolean }) {
    const { withCookie, isDue } = how
    const given = new Set<number>()
    const tokens = new Set(marks.map(({ token }) => token ?? ""))
    const readOne = (pid: number, wanted: Wanted): Row | null => this.#read(pid, wanted)
    const seenOf = (pid: number): Read | undefined => this.#seen.get(pid)
    const housed = () => this.#housed(marks)
    return function* (pids: readonly number[], isNewNumber: (pid: number) => boolean): Generator<void, Fresh> {
      const [isTied, leafOf] = [tiesTo(marks, seenOf), housed()]
      const believed = (pid: number) => (isDue(pid) || isNewNumber(pid) ? undefined : seenOf(pid))
      const due = pids.filter((pid) => {
        if (given.has(pid)) return false
        const seen = believed(pid)
        return seen === undefined || isTied(pid, seen) || leafOf.has(pid)
      })
      const rows: Row[] = []
      for (const pid of due) {
        given.add(pid)
        const limits = limitsOf(believed(pid), tokens)
        const row = readOne(pid, { withCookie, leaf: leafOf.get(pid) ?? null, ...(limits && { limits }) })
        if (row !== null) rows.push(row)
        yield
      }
      return { rows, missed: due.length - rows.length }
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

function hasNoToken({ token }: Mark): boolean {
  return token === null
}
