import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { pretend, rowOf, sessionOf, treeOf, type Pretended } from "./pretended.test-support.ts"
import { launch, start } from "./spawn.ts"
import { stopAll, stopTree } from "./stop.ts"
import type { StopOrder } from "./stop-order.ts"

const order: StopOrder = { reason: "shutdown", askedBy: "test", from: "kill", atMost: { protocol: 0, eof: 0, term: 0, kill: 50 } }
const plan = (command: string) => ({
  treeId: treeOf("b"),
  session: sessionOf("b"),
  provider: "test",
  command,
  args: [],
  cwd: "/",
  env: {},
  farewell: [],
  budgets: null,
})

describe("stopping all trees", () => {
  let machine: Pretended

  beforeEach(() => {
    machine = pretend()
    machine.tree("a", 10)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    machine.drop()
  })

  it("leaves none where each was proved gone", async () => {
    expect(await stopAll(machine.s, order)).toEqual({ stopped: 1, left: 0 })
  })

  it("counts whom it left", async () => {
    machine.rows.set(11, rowOf(11, { ppid: 10 }))
    for (const pid of [10, 11]) machine.deaf.add(pid)
    expect(await stopAll(machine.s, order)).toEqual({ stopped: 1, left: 2 })
  })

  it("does not say that none is left of a tree whose proof could not be written", async () => {
    vi.spyOn(machine.s.ledger, "append").mockReturnValue("no space left on device")
    expect(await stopAll(machine.s, order)).toEqual({ stopped: 1, left: 1 })
    expect(machine.s.trees.get(treeOf("a"))?.state).toBe("stuck")
  })

  it("took the time that passed, whatever the clock on the wall did meanwhile", async () => {
    vi.spyOn(Date, "now").mockReturnValueOnce(9e12).mockReturnValueOnce(9e12).mockReturnValue(1e12)
    await stopAll(machine.s, order)
    const [told] = machine.s.ledger.certificates(0, 1)
    expect(told?.certificate.endedAt).toBe(1e12)
    expect(1e12 - (told?.certificate.startedAt ?? 0)).toBeLessThan(5000)
    expect(told?.certificate.startedAt).toBeLessThanOrEqual(1e12)
  })

  it("does not say so either of a tree that it could not look at", async () => {
    machine.isBlind = true
    expect(await stopAll(machine.s, order)).toEqual({ stopped: 1, left: 1 })
    expect(machine.certificates()).toEqual(["tre_a shutdown stuck"])
  })

  it("certifies nothing for a launch that came to nothing meanwhile", async () => {
    const launching = start({ ...machine.s, armed: async () => false }, plan("/bin/true"))
    const stopped = stopAll(machine.s, order)
    expect(await launching).toMatchObject({ tag: "unarmed" })
    expect(await stopped).toEqual({ stopped: 1, left: 0 })
    expect(machine.certificates()).toEqual(["tre_a shutdown gone"])
  })
})

describe("a tree that was stuck", () => {
  const machine = pretend((pid) => machine.rows.set(pid, rowOf(pid)).get(pid) ?? null)
  afterAll(() => machine.drop())

  it("ends by the order that it was stopped by, when its root leaves at last", async () => {
    const { pid } = Object.assign({ pid: 0 }, await launch(machine.s, plan("/bin/cat")))
    const tree = machine.s.trees.get(treeOf("b"))
    if (!tree) throw new Error("nothing was launched")
    machine.deaf.add(pid)
    await stopTree(machine.s, tree, { ...order, reason: "archive" })
    machine.rows.delete(pid)
    tree.pipes?.endInput()
    await vi.waitFor(() => expect(machine.certificates()).toEqual(["tre_b archive stuck", "tre_b archive gone"]), 5000)
  })
})
