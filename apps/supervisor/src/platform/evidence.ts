// Who belongs to whom: a fixpoint pass over a process table, by the evidence rule. Pure; the table is handed in.
import type { Evidence } from "@corral/contracts/certificate"
import type { Mark, Row, Sighted } from "./containment.ts"
import type { Moment } from "./numbers.ts"

/** A pass that finds members for this many rounds has not come to rest: somebody forks faster than we look. */
const maxRounds = 64
/** Who got a low number while the first listing was past it is in the second one. */
const leastRounds = 2

/** `missed`: so many were listed and had left before they were read. Each may have been a member, with a child that no listing has shown yet. */
export interface Fresh {
  readonly rows: readonly Row[]
  readonly missed: number
}

export interface Table {
  /** Lists anew: the living processes that this pass has not given yet. */
  readonly fresh: () => Fresh
  /** So many forks since the last pass that numbers may have gone round: a session that no look has seen must be proved by a living member. */
  readonly mayHaveWrapped: boolean
  /** When this pass began; null: the system does not tell. */
  readonly begun: Moment | null
  /** Whether this number may have been given to somebody since then. Asked after the rows in question were read. */
  readonly isGivenSince: (number: number, seen: Moment) => boolean
  /** Everybody was listed: who is not there is dead. */
  readonly isWhole: boolean
}

/** Of a system that does not tell which numbers it gave out. */
export const untold: Pick<Table, "mayHaveWrapped" | "begun" | "isGivenSince"> = {
  mayHaveWrapped: false,
  begun: null,
  isGivenSince: () => false,
}

export interface Pass {
  readonly settled: boolean
  readonly members: ReadonlyMap<Mark, Sighted[]>
  /** Rows that belong to no mark. */
  readonly rest: readonly Row[]
}

/**
 * Lists until a listing shows no new member and nobody who left unread: a process that forks and leaves all the time is between two numbers
 * whenever we look, and would pass for gone. Strangers that come meanwhile are no reason to list again.
 *
 * Evidence, in this order: token (or cookie, where a mark has no token), the tree's own cgroup, journalled identity, a living proven parent
 * that is not younger, a session that the tree made, that was never seen empty, and whose number cannot have been given to another since it
 * was seen inhabited. What was proved by descent is journalled.
 * `strike` is called on sight.
 */
export function pass(table: Table, marks: readonly Mark[], strike: (member: Sighted) => void): Pass {
  const claims = new Claims(marks, table, strike)
  const rest = new Map<number, Row>()
  let settled = false
  for (let round = 1; !settled && round <= maxRounds; round += 1) {
    const { rows, missed } = table.fresh()
    const before = claims.count
    for (const row of rows) if (!claims.direct(row)) rest.set(row.pid, row)
    claims.byDescent(rest)
    settled = round >= leastRounds && missed === 0 && claims.count === before
  }
  if (settled && table.isWhole) claims.forgetTheDead()
  return { settled, members: claims.members, rest: [...rest.values()] }
}

class Claims {
  readonly members: ReadonlyMap<Mark, Sighted[]>
  readonly #table: Table
  readonly #strike: (member: Sighted) => void
  readonly #byToken = new Map<string, Mark>()
  readonly #byCookie = new Map<string, Mark>()
  readonly #byLeaf = new Map<string, Mark>()
  readonly #journal = new Map<number, Mark>()
  readonly #sessions = new Map<number, Mark>()
  readonly #proven = new Map<number, Sighted>()

  constructor(marks: readonly Mark[], table: Table, strike: (member: Sighted) => void) {
    this.#table = table
    this.#strike = strike
    this.members = new Map(marks.map((mark) => [mark, []]))
    for (const mark of marks) {
      if (mark.token === null) this.#byCookie.set(mark.cookie, mark)
      else this.#byToken.set(mark.token, mark)
      if (mark.leaf !== null) this.#byLeaf.set(mark.leaf, mark)
      for (const pid of mark.known.keys()) this.#journal.set(pid, mark)
      for (const sid of mark.sids) if (!table.mayHaveWrapped || mark.sids.seenAt(sid) !== null) this.#sessions.set(sid, mark)
    }
  }

  get count(): number {
    return this.#proven.size
  }

  direct(row: Row): boolean {
    const bearer = this.#bearerOf(row.token) ?? this.#bearerOf(row.innerToken) ?? this.#bearerOf(row.innermostToken)
    if (bearer) return this.#claim(row, bearer, "token")
    const named = row.cookie === null ? undefined : this.#byCookie.get(row.cookie)
    if (named) return this.#claim(row, named, "cookie")
    const housed = row.leaf === null ? undefined : this.#byLeaf.get(row.leaf)
    if (housed) return this.#claim(row, housed, "cgroup")
    const journalled = this.#journal.get(row.pid)
    if (journalled?.known.get(row.pid) === row.start) return this.#claim(row, journalled, "journal")
    return false
  }

  #bearerOf(token: string | null): Mark | undefined {
    return token === null ? undefined : this.#byToken.get(token)
  }

  /** Until nothing changes: a claimed process may be the parent of another, or show that a session still lives. */
  byDescent(rest: Map<number, Row>): void {
    for (let changed = true; changed;) {
      changed = false
      for (const row of rest.values()) {
        if (!this.#descends(row)) continue
        rest.delete(row.pid)
        changed = true
      }
    }
  }

  #descends(row: Row): boolean {
    const parent = this.#proven.get(row.ppid)
    if (parent && parent.start <= row.start) return this.#claim(row, parent.mark, "parent")
    const owner = this.#sessions.get(row.sid)
    // A leader that is not known to us made a new session under a number that was ours.
    if (!owner || row.pid === row.sid || this.#isAnothersNow(row.sid, owner)) return false
    return this.#claim(row, owner, "session")
  }

  #isAnothersNow(sid: number, { sids }: Mark): boolean {
    const seen = sids.seenAt(sid)
    return seen !== null && this.#table.isGivenSince(sid, seen)
  }

  #claim(row: Row, mark: Mark, evidence: Evidence): true {
    const member = { ...row, mark, evidence }
    this.members.get(mark)?.push(member)
    this.#proven.set(row.pid, member)
    if (evidence === "parent" || evidence === "session") mark.known.set(row.pid, row.start)
    mark.sids.own(row)
    if (mark.sids.has(row.sid)) {
      mark.sids.saw(row.sid, this.#table.begun)
      this.#sessions.set(row.sid, mark)
    }
    this.#strike(member)
    return true
  }

  /** A session once seen empty, a member once seen dead, proves nothing ever after: its number may be given to others. */
  forgetTheDead(): void {
    for (const [mark, members] of this.members) {
      const alive = new Set(members.map((member) => member.pid))
      const sessions = new Set(members.map((member) => member.sid))
      for (const pid of mark.known.keys()) if (!alive.has(pid)) mark.known.delete(pid)
      mark.sids.keepOnly(sessions)
    }
  }
}
