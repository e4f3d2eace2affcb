import { describe, expect, it } from "vitest"
import { rowOf, treeOf } from "../pretended.test-support.ts"
import { markOf } from "../tree.ts"
import type { Mark, Row } from "./containment.ts"
import { pass } from "./evidence.ts"
import { Reader } from "./reader.ts"

/** A /proc whose numbers are given out in turn, and that counts which of them are read. */
class Machine {
  readonly rows = new Map<number, Row>()
  readonly read: number[] = []
  forks = 100
  last: number | null = 100
  /** What happens after each listing, before anybody is read. */
  listed: () => unknown = () => {}
  readonly reader = new Reader(
    { boot: "boot-1", bootedAt: 0, maxPid: 1000, pageBytes: 4096, ticksPerSecond: 100 },
    {
      listPids: () => {
        const pids = [...this.rows.keys()]
        this.listed()
        return pids
      },
      readStat: (pid) => {
        const row = this.rows.get(pid)
        this.read.push(pid)
        return row ? { ...row, state: "S", terminal: 0, cpuTicks: 0, waitedTicks: 0, threads: 1 } : null
      },
      readLimits: (pid) => ({ locks: this.rows.get(pid)?.token ?? null, resident: this.rows.get(pid)?.innerToken ?? null }),
      readVariable: () => null,
      readForks: () => this.forks,
      readLastPid: () => this.last,
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
    const { members } = pass(this.reader.table(marks, full), marks, () => {})
    return Object.fromEntries([...members].map(([mark, seen]) => [mark.treeId, seen.map(({ pid, evidence }) => `${pid} ${evidence}`)]))
  }
}

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
    const listing = machine.reader.table([mark], false)
    listing.fresh()
    machine.rows.delete(11)
    machine.born(11, { token: "1111" })
    listing.fresh()
    expect(machine.look([mark])).toEqual({ tre_a: ["11 token"] })
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
