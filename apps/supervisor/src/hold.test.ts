import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Hold } from "./hold.ts"
import { leave, shutDown } from "./leave.ts"
import { pretend, rowOf, treeOf, type Pretended } from "./pretended.test-support.ts"
import { Refusal } from "./refusal.ts"
import { start } from "./spawn.ts"

describe("a supervisor that a server left, and that something stuck keeps here", () => {
  let machine: Pretended
  let hold: Hold

  beforeEach(() => {
    machine = pretend((pid) => rowOf(pid))
    machine.tree("a", 10)
    machine.deaf.add(10)
    hold = new Hold(machine.s, () => {})
    hold.end(30_000)
  })
  afterEach(() => {
    hold.end(30_000)
    machine.drop()
  })

  const launch = async (): Promise<string> => {
    const place = { command: "/bin/true", args: [], cwd: "/", env: {} }
    const plan = { ...place, treeId: treeOf("b"), session: null, provider: "test", farewell: [], budgets: null }
    const started = await start(machine.s, plan)
    if (started instanceof Refusal) return started.tag
    await started.exited
    return "launched"
  }
  const leaveByStop = async () => {
    expect(await leave(machine.s, { how: "stop", now: true })).toEqual({ stopped: 1, left: 1 })
    hold.begin()
  }

  it.each([
    ["cli", "cli"],
    [undefined, "server"],
  ])("certifies who asked the server to leave: %s is written as %s", async (askedBy, written) => {
    await leave(machine.s, { how: "stop", now: true, askedBy })
    const asked = machine.s.ledger.certificates(0, 100).map(({ certificate }) => [certificate.reason, certificate.askedBy])
    expect(asked).toEqual([["shutdown", written]])
  })

  it("launches nothing for the server that leaves", async () => {
    const leaving = leaveByStop()
    expect(await launch()).toBe("shutting-down")
    await leaving
    expect(await launch()).toBe("shutting-down")
  })

  it("launches for the next server that says hello, while the stuck tree stays", async () => {
    await leaveByStop()
    hold.end(30_000)
    expect(await launch()).toBe("launched")
    expect(machine.s.trees.get(treeOf("a"))?.state).toBe("stuck")
  })

  it("launches for nobody once it is leaving itself, whoever says hello or goodbye", async () => {
    await shutDown(machine.s, { askedBy: "signal", now: true })
    hold.end(30_000)
    expect(await launch()).toBe("shutting-down")
    await leaveByStop()
    hold.end(30_000)
    expect(await launch()).toBe("shutting-down")
  })
})
