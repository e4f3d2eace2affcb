// Who belongs to whom: a fixpoint pass over a process table, by the evidence rule. Pure; the table is handed in.
import type { Evidence } from "@corral/contracts/certificate"
import type { Mark, Row, Sighted } from "./containment.ts"

/** A pass that finds new processes for this many rounds has not come to rest: somebody forks faster than we look. */
const maxRounds = 64

export interface Table {
  /** Living processes that this pass has not given yet; none: the pass is at rest. */
  readonly fresh: () => readonly Row[]
  /** So many forks since the last pass that a session's number may have gone round: it must be proved by a living member. */
  readonly mayHaveWrapped: boolean
}

export interface Pass {
  readonly settled: boolean
  readonly members: ReadonlyMap<Mark, Sighted[]>
  /** Rows that belong to no mark. */
  readonly rest: readonly Row[]
}

/**
 * Evidence, in this order: token (or cookie, where a mark has no token), journalled identity, a living proven parent that is
 * not younger, a session that the tree made and that was never seen empty. What was proved by descent is journalled.
 * `strike` is called on sight.
 */
export function pass(table: Table, marks: readonly Mark[], strike: (member: Sighted) => void): Pass {
  const claims = new Claims(marks, table.mayHaveWrapped, strike)
  const rest = new Map<number, Row>()
  let rounds = 0
  for (let fresh = table.fresh(); fresh.length > 0 && rounds < maxRounds; fresh = table.fresh(), rounds += 1) {
    for (const row of fresh) if (!claims.direct(row)) rest.set(row.pid, row)
    claims.byDescent(rest)
  }
  const settled = rounds < maxRounds
  if (settled) claims.forgetTheDead()
  return { settled, members: claims.members, rest: [...rest.values()] }
}

class Claims {
  readonly members: ReadonlyMap<Mark, Sighted[]>
  readonly #strike: (member: Sighted) => void
  readonly #byToken = new Map<string, Mark>()
  readonly #byCookie = new Map<string, Mark>()
  readonly #journal = new Map<number, Mark>()
  readonly #sessions = new Map<number, Mark>()
  readonly #proven = new Map<number, Sighted>()

  constructor(marks: readonly Mark[], mayHaveWrapped: boolean, strike: (member: Sighted) => void) {
    this.#strike = strike
    this.members = new Map(marks.map((mark) => [mark, []]))
    for (const mark of marks) {
      if (mark.token === null) this.#byCookie.set(mark.cookie, mark)
      else this.#byToken.set(mark.token, mark)
      for (const pid of mark.known.keys()) this.#journal.set(pid, mark)
      if (!mayHaveWrapped) for (const sid of mark.sids) this.#sessions.set(sid, mark)
    }
  }

  direct(row: Row): boolean {
    const bearer = row.token === null ? undefined : this.#byToken.get(row.token)
    if (bearer) return this.#claim(row, bearer, "token")
    const named = row.cookie === null ? undefined : this.#byCookie.get(row.cookie)
    if (named) return this.#claim(row, named, "cookie")
    const journalled = this.#journal.get(row.pid)
    if (journalled?.known.get(row.pid) === row.start) return this.#claim(row, journalled, "journal")
    return false
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
    if (!owner || row.pid === row.sid) return false
    return this.#claim(row, owner, "session")
  }

  #claim(row: Row, mark: Mark, evidence: Evidence): true {
    const member = { ...row, mark, evidence }
    this.members.get(mark)?.push(member)
    this.#proven.set(row.pid, member)
    if (evidence === "parent" || evidence === "session") mark.known.set(row.pid, row.start)
    mark.sids.own(row)
    if (mark.sids.has(row.sid)) this.#sessions.set(row.sid, mark)
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
