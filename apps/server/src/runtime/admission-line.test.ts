import { ThreadId } from "@corral/contracts/ids"
import { beforeEach, describe, expect, it } from "vitest"
import { AdmissionLine, type Asked, type Obstacle } from "./admission-line.ts"

const short: Obstacle = { why: "memory", now: 8, limit: 10 }
const thread = (n: number) => ThreadId.make(`thr_${n}`)

let obstacle: Obstacle | null
/** How many may start at once, where that is what a test is about. */
let starts: number
let told: ThreadId[]
let opened: string[]
let line: AdmissionLine

beforeEach(() => {
  obstacle = null
  starts = Infinity
  told = []
  opened = []
  line = new AdmissionLine({
    obstacle: (starting) => (starting.size >= starts ? { why: "starts", now: starting.size, limit: starts } : obstacle),
    tell: (threadIds) => told.push(...threadIds),
  })
})

const join = (n: number, isWanted = () => true): Asked => {
  const asked = { threadId: thread(n), since: n, isWanted, open: (isIn: boolean) => opened.push(`${n} ${isIn ? "in" : "out"}`) }
  line.join(asked)
  return asked
}

describe("a thread that is to wake", () => {
  it("is let in at once where nothing is in the way, and is never seen in line", () => {
    join(1)
    expect(opened).toEqual(["1 in"])
    expect(line.of(thread(1))).toBe(null)
    expect(told).toEqual([])
  })

  it("waits where something is, with its place and the reason, and is let in when that is over", () => {
    obstacle = short
    join(1)
    join(2)
    expect(opened).toEqual([])
    expect(line.of(thread(2))).toEqual({ place: 2, of: 2, since: 2, ...short })
    obstacle = null
    line.look()
    expect(opened).toEqual(["1 in", "2 in"])
    expect([line.of(thread(1)), line.length]).toEqual([null, 0])
  })

  it("comes after those that came before it, though there is room for one only", () => {
    starts = 1
    const first = join(1)
    const second = join(2)
    join(3)
    line.leave(first)
    expect(opened).toEqual(["1 in", "2 in"])
    line.leave(second)
    expect(opened).toEqual(["1 in", "2 in", "3 in"])
  })

  it("that leaves the line makes the others move up, and they are told", () => {
    obstacle = short
    const first = join(1)
    join(2)
    told = []
    line.leave(first)
    line.leave(first)
    expect(line.of(thread(2))?.place).toBe(1)
    expect(told).toContain(thread(2))
    expect(told).toContain(thread(1))
  })

  it("that nobody wants awake any longer is sent away at the next look, and starts nothing", () => {
    obstacle = short
    let isWanted = true
    join(1, () => isWanted)
    isWanted = false
    obstacle = null
    line.look()
    expect(opened).toEqual(["1 out"])
  })

  it("is let in past the others and past the obstacle where a person wants it", () => {
    obstacle = short
    join(1)
    join(2)
    line.force(thread(2))
    expect(opened).toEqual(["2 in"])
    expect(line.of(thread(1))).toMatchObject({ place: 1, of: 1 })
    line.force(thread(9))
    expect(opened).toEqual(["2 in"])
  })

  it("is told again when the figures change, and not when a look finds them the same", () => {
    obstacle = short
    join(1)
    told = []
    line.look()
    expect(told).toEqual([])
    obstacle = { ...short, now: 7 }
    line.look()
    expect(told).toContain(thread(1))
  })
})
