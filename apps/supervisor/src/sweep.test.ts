import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Auditor } from "./audit.ts"
import type { Mark } from "./platform/containment.ts"
import { pretend, rowOf, type Pretended } from "./pretended.test-support.ts"
import { stopTree } from "./stop.ts"
import { audit, sweep } from "./sweep.ts"

describe("the audit", () => {
  let machine: Pretended

  /** In ms, of a look. */
  let cost = 0

  beforeEach(() => {
    machine = pretend()
    cost = 0
    vi.spyOn(process, "cpuUsage").mockImplementation((before) => ({ user: before === undefined ? 0 : cost * 1000, system: 0 }))
  })
  afterEach(() => {
    vi.restoreAllMocks()
    machine.drop()
  })
  /** How many strays it saw; null: it could not look. */
  const look = async (): Promise<number | null> => {
    let seen: number | null = null
    await audit(machine.s, false, (count) => (seen = count))
    return seen
  }
  const stray = (pid: number, token: string) => machine.rows.set(pid, rowOf(pid, { token }))

  it("ends a stray and certifies it once", async () => {
    stray(20, "5555")
    expect(await look()).toBe(1)
    expect(await look()).toBe(0)
    expect(machine.rows.has(20)).toBe(false)
    expect(machine.certificates()).toEqual(["stray_5555 stray gone"])
  })

  it("takes nobody for a stray whose tree was launched while it looked", async () => {
    const { containment } = machine.s
    const { lookFully } = containment
    const launchedMeanwhile = (marks: readonly Mark[]) => {
      if (!machine.rows.has(30)) machine.tree("late", 30)
      return lookFully(marks)
    }
    vi.spyOn(containment, "lookAround").mockImplementation(launchedMeanwhile)
    vi.spyOn(containment, "lookFully").mockImplementation(launchedMeanwhile)
    expect(await look()).toBe(0)
    machine.s.trees.clear()
    machine.rows.clear()
    expect((await sweep(machine.s)).strays).toBe(0)
    expect(machine.rows.has(30)).toBe(true)
    expect(machine.certificates()).toEqual([])
  })

  it("says once that a stray is stuck, however often it looks, and once more that it is gone at last", async () => {
    stray(20, "5555")
    machine.deaf.add(20)
    for (const _ of [1, 2, 3]) expect(await look()).toBe(1)
    expect(machine.certificates()).toEqual(["stray_5555 stray stuck"])
    machine.deaf.delete(20)
    for (const _ of [1, 2, 3]) await look()
    expect(machine.certificates()).toEqual(["stray_5555 stray stuck", "stray_5555 stray gone"])
    expect(machine.s.strays.size).toBe(0)
  })

  it("says how many strays it saw when it sees them, and nothing when it could not look", async () => {
    stray(20, "5555")
    const order: string[] = []
    const certify = machine.s.ledger.certify.bind(machine.s.ledger)
    vi.spyOn(machine.s.ledger, "certify").mockImplementation((certificate) => {
      order.push("certified")
      return certify(certificate)
    })
    await audit(machine.s, false, (count) => void order.push(`saw ${count}`))
    expect(order).toEqual(["saw 1", "certified"])
    machine.isBlind = true
    expect(await look()).toBeNull()
  })

  it("spends no more on a stray that is stuck than a look", async () => {
    stray(20, "5555")
    machine.deaf.add(20)
    await look()
    machine.looks.length = 0
    await look()
    expect(machine.looks).toEqual([false, true])
  })

  it("certifies the end of a stray once, also when a sweep is asked for at the same time", async () => {
    stray(20, "5555")
    machine.deaf.add(20)
    await Promise.all([look(), sweep(machine.s)])
    machine.rows.delete(20)
    await Promise.all([look(), sweep(machine.s)])
    expect(machine.certificates()).toEqual(["stray_5555 stray stuck", "stray_5555 stray gone"])
  })

  it("tries a stray again whose certificate could not be written", async () => {
    stray(20, "5555")
    const append = vi.spyOn(machine.s.ledger, "append").mockReturnValue("no space left on device")
    await look()
    expect(machine.rows.has(20)).toBe(false)
    append.mockRestore()
    await look()
    expect(machine.certificates()).toEqual(["stray_5555 stray gone"])
  })

  it("goes on to look for a stray that is stuck, though no tree lives", async () => {
    stray(20, "5555")
    machine.deaf.add(20)
    await sweep(machine.s)
    machine.looks.length = 0
    vi.useFakeTimers()
    const auditor = new Auditor(machine.s)
    await vi.advanceTimersByTimeAsync(2000)
    auditor.stop()
    vi.useRealTimers()
    expect(machine.looks).toEqual([false, true])
  })

  it("says that a short command is gone which was said to be stuck", async () => {
    const tree = machine.tree("a", 10)
    machine.deaf.add(10)
    await stopTree(machine.s, tree, { reason: "exited", askedBy: "command", from: "kill", isQuiet: true })
    machine.rows.delete(10)
    await look()
    expect(machine.certificates()).toEqual(["tre_a exited stuck", "tre_a exited gone"])
  })

  it("looks once, and cheaply, where nothing is stuck", async () => {
    vi.useFakeTimers()
    machine.tree("a", 10)
    const auditor = new Auditor(machine.s)
    await vi.advanceTimersByTimeAsync(30_000)
    auditor.stop()
    vi.useRealTimers()
    expect(machine.looks).toEqual(Array.from({ length: 15 }, () => false))
  })

  it.each([
    [0, 2000],
    [2, 2000],
    [4, 4000],
    [400, 5000],
  ])("after a look of %d ms rests for %d ms: looking takes no more than its share, and goes on", async (millis, rest) => {
    vi.useFakeTimers()
    machine.tree("a", 10)
    const auditor = new Auditor(machine.s)
    cost = millis
    await vi.advanceTimersByTimeAsync(2000 + rest - 1)
    const early = machine.looks.length
    await vi.advanceTimersByTimeAsync(1)
    auditor.stop()
    vi.useRealTimers()
    expect([early, machine.looks.length]).toEqual([1, 2])
  })

  it("does not look where nobody can have come, but once in fifteen times", async () => {
    vi.useFakeTimers()
    machine.tree("a", 10)
    machine.hasNews = false
    const auditor = new Auditor(machine.s)
    await vi.advanceTimersByTimeAsync(60_000)
    const quietly = machine.looks.length
    machine.hasNews = true
    await vi.advanceTimersByTimeAsync(2_000)
    auditor.stop()
    vi.useRealTimers()
    expect([quietly, machine.looks.length]).toEqual([2, 3])
  })

  it("looks every time where something is stuck: it is tried again", async () => {
    vi.useFakeTimers()
    machine.tree("a", 10).state = "stuck"
    machine.deaf.add(10)
    machine.hasNews = false
    const auditor = new Auditor(machine.s)
    await vi.advanceTimersByTimeAsync(10_000)
    auditor.stop()
    vi.useRealTimers()
    expect(machine.looks.filter((full) => !full)).toHaveLength(5)
  })
})
