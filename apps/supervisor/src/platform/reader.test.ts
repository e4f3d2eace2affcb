import { afterEach, describe, expect, it, vi } from "vitest"
import { rowOf, treeOf } from "../pretended.test-support.ts"
import { markOf } from "../tree.ts"
import type { Mark, Row } from "./containment.ts"
import { pass, type Table } from "./evidence.ts"
import { Reader } from "./reader.ts"
import { Slice } from "./slice.ts"

/** A /proc whose numbers are given out in turn, and that counts which of them are read. */
class Machine {
  readonly rows = new Map<number, Row>()
  readonly read: number[] = []
  /** Whose token was asked for. */
  readonly asked: number[] = []
  listings = 0
  /** By the clock of the test, where it has one. */
  readMillis = 0
  /** No file can be opened now. */
  isTroubled = false
  forks = 100
  last: number | null = 100
  /** What happens after each listing, before anybody is read. */
  listed: () => unknown = () => {}
  readonly reader = new Reader(
    { boot: "boot-1", bootedAt: 0, maxPid: 1000, pageBytes: 4096, ticksPerSecond: 100 },
    {
      listPids: () => {
        this.listings += 1
        const pids = [...this.rows.keys()]
        this.listed()
        return pids
      },
      readStat: (pid) => {
        const row = this.rows.get(pid)
        if (this.isTroubled) throw new Error("EMFILE")
        this.read.push(pid)
        if (this.readMillis > 0) vi.advanceTimersByTime(this.readMillis)
        return row ? { ...row, state: "S", terminal: 0, cpuTicks: 0, waitedTicks: 0, threads: 1 } : null
      },
      readLimits: (pid) => {
        this.asked.push(pid)
        const row = this.rows.get(pid)
        return { locks: row?.token ?? null, resident: row?.innerToken ?? null, realtime: row?.innermostToken ?? null }
      },
      readVariable: () => null,
      readForks: () => this.forks,
      readLastPid: () => this.last,
      isProcess: (pid) => this.rows.has(pid),
      pidsIn: (leaf) => [...this.rows.values()].filter((row) => row.leaf === leaf).map(({ pid }) => pid),
      isIn: (leaf, pid) => this.rows.get(pid)?.leaf === leaf,
    },
  )

  /** As fork does. */
  born(pid: number, over: Partial<Row> = {}): void {
    this.forks += 1
    this.last = pid
    this.rows.set(pid, rowOf(pid, { sid: 5, start: this.forks, ...over }))
  }

  look(marks: readonly Mark[], full = false): Record<string, readonly string[]> {
    this.read.length = 0
    return this.#pass(this.reader.table(marks, { full }), marks)
  }

  /** Reads are counted from where everybody was read ahead. */
  async lookFully(marks: readonly Mark[]): Promise<Record<string, readonly string[]>> {
    const table = await this.reader.tableFully(marks)
    this.read.length = 0
    return this.#pass(table, marks)
  }

  async lookAround(marks: readonly Mark[], slice = new Slice()): Promise<Record<string, readonly string[]>> {
    this.read.length = 0
    return this.#pass(await this.reader.tableAround(marks, slice), marks)
  }

  #pass(table: Table, marks: readonly Mark[]): Record<string, readonly string[]> {
    const { members } = pass(table, marks, () => {})
    return Object.fromEntries([...members].map(([mark, seen]) => [mark.treeId, seen.map(({ pid, evidence }) => `${pid} ${evidence}`)]))
  }
}

/** Each slice is over after a few reads. */
const slowMachine = (): Machine => {
  vi.useFakeTimers({ toFake: ["performance"] })
  return Object.assign(new Machine(), { readMillis: 1 })
}
afterEach(() => void vi.useRealTimers())

const a = () => markOf(treeOf("a"), { serial: "1111", tier: "linux-token" })
const b = () => markOf(treeOf("b"), { serial: "2222", tier: "linux-token" })

describe("a cheap look", () => {
  it("reads who is new and who is a member, and passes over the rest", () => {
    const machine = new Machine()
    for (const pid of [10, 11, 12, 13]) machine.born(pid)
    machine.born(20, { token: "1111" })
    const mark = a()
    machine.look([mark])
    machine.born(21, { ppid: 20 })
    expect(machine.look([mark])).toEqual({ tre_a: ["20 token", "21 parent"] })
    expect(machine.read).toEqual([20, 21])
    expect(machine.look([mark])).toEqual({ tre_a: ["20 token", "21 journal"] })
    expect(machine.read).toEqual([20, 21])
  })

  it("reads anew whom a cgroup names, though an earlier look found nobody's there", () => {
    const machine = new Machine()
    for (const pid of [10, 11]) machine.born(pid)
    const mark = markOf(treeOf("a"), { serial: "1111", tier: "linux-cgroup", leaf: "/cgroup/a" })
    machine.look([mark])
    machine.rows.set(11, rowOf(11, { sid: 5, start: machine.forks, leaf: "/cgroup/a" }))
    expect(machine.look([mark])).toEqual({ tre_a: ["11 cgroup"] })
    expect(machine.read).toEqual([11])
  })

  it("sees a member under a number that was another's at the last look", () => {
    const machine = new Machine()
    for (const pid of [10, 11, 12, 13]) machine.born(pid)
    const mark = a()
    machine.look([mark])
    machine.rows.delete(12)
    machine.born(12, { token: "1111" })
    expect(machine.look([mark])).toEqual({ tre_a: ["12 token"] })
  })

  it("sees it also when the numbers have begun anew in between", () => {
    const machine = new Machine()
    for (const pid of [10, 11, 12, 990]) machine.born(pid)
    const mark = a()
    machine.look([mark])
    machine.rows.delete(11)
    for (const pid of [995, 4]) machine.born(pid)
    machine.born(11, { token: "1111" })
    expect(machine.look([mark])).toEqual({ tre_a: ["11 token"] })
    expect(machine.read.toSorted((one, other) => one - other)).toEqual([4, 10, 11, 995])
  })

  it("sees it also when it came while the last look was listing", () => {
    const machine = new Machine()
    for (const pid of [10, 11, 12]) machine.born(pid)
    const mark = a()
    const listing = machine.reader.table([mark], { full: false })
    listing.fresh()
    machine.rows.delete(11)
    machine.born(11, { token: "1111" })
    listing.fresh()
    expect(machine.look([mark])).toEqual({ tre_a: ["11 token"] })
  })

  it("takes nobody for a member by a session whose number came by since a member was seen there, also when only a few were given out", () => {
    const machine = new Machine()
    const mark = a()
    machine.born(20, { token: "1111", sid: 20 })
    machine.last = 15
    expect(machine.look([mark], true)).toEqual({ [mark.treeId]: ["20 token"] })
    machine.rows.delete(20)
    machine.born(20, { sid: 20 })
    machine.born(21, { sid: 20, ppid: 20 })
    expect(machine.look([mark], true)).toEqual({ [mark.treeId]: [] })
  })

  it("goes on by a session whose number did not come by", () => {
    const machine = new Machine()
    const mark = a()
    machine.born(20, { token: "1111", sid: 20 })
    machine.look([mark], true)
    machine.rows.delete(20)
    machine.born(21, { sid: 20 })
    expect(machine.look([mark], true)).toEqual({ [mark.treeId]: ["21 session"] })
  })

  it("sees a member without a token that a look about other trees has passed over", () => {
    const machine = new Machine()
    const [mine, other] = [a(), b()]
    machine.born(20, { token: "1111", sid: 20 })
    machine.born(30, { token: "2222", sid: 30 })
    machine.look([mine, other])
    machine.born(21, { ppid: 20 })
    machine.born(22, { ppid: 21 })
    machine.born(23, { ppid: 1, sid: 20 })
    expect(machine.look([other])).toEqual({ tre_b: ["30 token"] })
    expect(machine.look([mine, other])).toEqual({ tre_a: ["20 token", "21 parent", "23 session", "22 parent"], tre_b: ["30 token"] })
  })

  it("reads each process anew within thirty looks, whatever the system says about its number", () => {
    const machine = new Machine()
    for (let pid = 10; pid < 70; pid++) machine.born(pid)
    const mark = a()
    machine.look([mark])
    // Given again, and nothing tells of it.
    machine.rows.set(23, rowOf(23, { token: "1111", start: 900 }))
    const read = new Set<number>()
    let found: Record<string, readonly string[]> = {}
    for (let n = 1; n <= 30; n++) {
      found = machine.look([mark])
      expect(machine.read.length).toBeLessThanOrEqual(3)
      for (const pid of machine.read) read.add(pid)
    }
    expect(found).toEqual({ tre_a: ["23 token"] })
    expect(read.size).toBe(60)
  })

  it("asks a member for its token once, and for its session each time", () => {
    const machine = new Machine()
    machine.born(20, { token: "1111", sid: 20 })
    const mark = a()
    machine.look([mark])
    const asked = machine.asked.length
    machine.rows.set(20, { ...rowOf(20, { token: "1111", sid: 3 }), start: machine.rows.get(20)?.start ?? 0 })
    machine.look([mark])
    expect(machine.asked.length).toBe(asked)
    expect([...mark.sids]).toEqual([])
  })

  it("has news only where a number was given out since, or the system does not tell", () => {
    const machine = new Machine()
    machine.born(10)
    machine.look([a()])
    expect(machine.reader.hasNews()).toBe(false)
    machine.born(11)
    expect(machine.reader.hasNews()).toBe(true)
    machine.look([a()])
    machine.last = null
    expect(machine.reader.hasNews()).toBe(true)
  })

  it.each([
    ["does not tell which number was last", { last: null }],
    ["has given out so many numbers that they may have gone round", { forks: 1000 }],
  ])("reads everybody where the system %s", (_, over) => {
    const machine = new Machine()
    for (const pid of [10, 11, 12]) machine.born(pid)
    Object.assign(machine, over)
    machine.look([a()])
    machine.forks += "forks" in over ? 300 : 0
    machine.look([a()])
    expect(machine.read).toEqual([10, 11, 12])
  })
})

describe("a full look", () => {
  it("takes nobody for gone who forks and leaves between each listing and its reading", () => {
    const machine = new Machine()
    machine.born(10)
    machine.born(20, { token: "1111" })
    let hops = 0
    const hop = (): void => {
      machine.rows.delete(20 + hops)
      hops += 1
      machine.born(20 + hops, { token: "1111" })
    }
    machine.listed = () => hops < 5 && hop()
    expect(machine.look([a()], true)).toEqual({ tre_a: ["25 token"] })
  })

  it("reads everybody, whatever the system says", () => {
    const machine = new Machine()
    for (const pid of [10, 11, 12]) machine.born(pid)
    machine.look([a()], true)
    machine.look([a()], true)
    expect(machine.read).toEqual([10, 11, 12])
  })
})

describe("a full look in slices", () => {
  it("reads again who is a member, and passes over who was read just now", async () => {
    const machine = new Machine()
    for (const pid of [10, 11, 12]) machine.born(pid)
    machine.born(20, { token: "1111" })
    expect(await machine.lookFully([a()])).toEqual({ tre_a: ["20 token"] })
    expect(machine.read).toEqual([20])
  })

  it("misses nobody who came while it was read ahead, also not under a number that was read already", async () => {
    const machine = slowMachine()
    for (let pid = 10; pid < 400; pid++) machine.born(pid)
    const looking = machine.lookFully([a()])
    // The first slice is read; 11 is in it.
    machine.born(400, { token: "1111" })
    machine.rows.delete(11)
    machine.born(11, { token: "1111" })
    expect(await looking).toEqual({ tre_a: ["400 token", "11 token"] })
  })

  it("misses nobody either where another look came in between", async () => {
    const machine = slowMachine()
    const mark = a()
    for (let pid = 10; pid < 400; pid++) machine.born(pid)
    const looking = machine.lookFully([mark])
    machine.rows.delete(11)
    machine.born(11, { token: "1111" })
    machine.look([mark])
    machine.rows.delete(12)
    machine.born(12, { token: "1111" })
    expect(await looking).toEqual({ tre_a: ["11 token", "12 token"] })
  })

  it("reads everybody at one go where so many were born meanwhile that numbers may have gone round", async () => {
    const machine = slowMachine()
    for (const pid of [10, 11, 12, 13, 14, 15]) machine.born(pid)
    const looking = machine.lookFully([a()])
    machine.forks += 300
    // Which lists, and takes note of the forks.
    machine.look([a()])
    await looking
    expect(machine.read).toEqual([10, 11, 12, 13, 14, 15])
  })

  it("tells that numbers may have gone round also where that was seen while reading ahead", async () => {
    const machine = new Machine()
    machine.born(10)
    await machine.lookFully([a()])
    machine.forks += 300
    expect((await machine.reader.tableFully([a()])).mayHaveWrapped).toBe(true)
    expect((await machine.reader.tableFully([a()])).mayHaveWrapped).toBe(false)
  })

  it("reads everybody at one go where somebody could not be read ahead", async () => {
    const machine = new Machine()
    for (const pid of [10, 11, 12]) machine.born(pid)
    await machine.lookFully([a()])
    machine.isTroubled = true
    const table = machine.reader.tableFully([a()])
    machine.isTroubled = false
    machine.read.length = 0
    pass(await table, [a()], () => {})
    expect(machine.read).toEqual([10, 11, 12])
  })
})

describe("a look around", () => {
  const begun = (machine = new Machine()) => {
    for (const pid of [10, 11, 12]) machine.born(pid)
    machine.born(20, { token: "1111", sid: 20 })
    const mark = a()
    machine.look([mark])
    machine.listings = 0
    return { machine, mark, news: () => machine.lookAround([mark]) }
  }

  it("lists nobody, and reads members and who has a number that was given out since", async () => {
    const { machine, news } = begun()
    machine.born(21, { ppid: 20 })
    machine.born(22)
    expect(await news()).toEqual({ tre_a: ["20 token", "21 parent"] })
    expect([machine.read, machine.listings]).toEqual([[20, 21, 22], 0])
    expect(await news()).toEqual({ tre_a: ["20 token", "21 journal"] })
    expect([machine.read, machine.listings]).toEqual([[20, 21], 0])
  })

  it("sees a number once that is another's now", async () => {
    const { machine, news } = begun()
    machine.last = 9
    machine.look([a()])
    machine.rows.delete(11)
    machine.born(11, { token: "1111" })
    expect(await news()).toEqual({ tre_a: ["11 token", "20 token"] })
  })

  it("finds with the next one whoever had a number before it could be seen", async () => {
    const { machine, news } = begun()
    machine.last = 21
    expect(await news()).toEqual({ tre_a: ["20 token"] })
    expect(machine.reader.hasNews()).toBe(true)
    machine.rows.set(21, rowOf(21, { token: "1111" }))
    expect(await news()).toEqual({ tre_a: ["20 token", "21 token"] })
    expect(machine.reader.hasNews()).toBe(false)
  })

  it("does not show who has left, and forgets no evidence: only who lists can know that nobody is there", async () => {
    const { machine, mark, news } = begun()
    machine.born(21, { ppid: 20, sid: 21 })
    await news()
    machine.rows.delete(20)
    machine.rows.delete(21)
    expect(await news()).toEqual({ tre_a: [] })
    expect([mark.known.has(21), mark.sids.has(21)]).toEqual([true, true])
    machine.look([mark])
    expect([mark.known.has(21), mark.sids.has(21)]).toEqual([false, false])
  })

  it.each([
    ["numbers have begun anew", { last: 4 }],
    ["more numbers were given out than are tried one by one", { last: 900 }],
    ["so many forks were made that numbers may have gone round", { forks: 500 }],
    ["the system does not tell", { last: null }],
  ])("is a listing where %s", async (_, over) => {
    const { machine, news } = begun()
    Object.assign(machine, over)
    expect(await news()).toEqual({ tre_a: ["20 token"] })
    expect(machine.listings).toBeGreaterThan(0)
  })

  it("is a listing once in sixteen times", async () => {
    const { machine, news } = begun()
    for (let n = 0; n < 15; n++) await news()
    expect(machine.listings).toBe(0)
    await news()
    expect(machine.listings).toBeGreaterThan(0)
  })

  it("sees whoever comes between two slices", async () => {
    const { machine, news } = begun(slowMachine())
    for (let pid = 30; pid < 130; pid++) machine.born(pid, { ppid: 20 })
    const looking = news()
    machine.rows.delete(129)
    machine.born(130, { ppid: 20 })
    const seen = await looking
    expect(seen["tre_a"]).toHaveLength(101)
    expect(seen["tre_a"]).toContain("130 parent")
  })

  it("sees every member also while everybody is read ahead", async () => {
    const { machine, mark, news } = begun(slowMachine())
    for (let pid = 30; pid < 60; pid++) machine.born(pid)
    machine.born(60, { token: "1111", sid: 60 })
    machine.look([mark])
    const reading = machine.reader.tableFully([mark])
    expect(await news()).toEqual({ tre_a: ["20 token", "60 token"] })
    await reading
  })

  it("waits for one that has begun: what that one takes for its news is known only when it was read", async () => {
    const { machine, mark } = begun(slowMachine())
    for (let pid = 30; pid < 60; pid++) machine.born(pid, { token: "1111" })
    const all = (looked: Record<string, readonly string[]>): number => looked["tre_a"]?.length ?? 0
    const [first, second] = await Promise.all([machine.lookAround([mark]), machine.lookAround([mark])])
    expect([all(first), all(second)]).toEqual([31, 31])
  })
})
