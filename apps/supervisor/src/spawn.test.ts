import { afterEach, describe, expect, it } from "vitest"
import { openLedger } from "./ledger.ts"
import { pretend, rowOf, treeOf, type Pretended } from "./pretended.test-support.ts"
import { Refusal } from "./refusal.ts"
import { start } from "./spawn.ts"

const plan = { treeId: treeOf("a"), session: null, provider: "test", command: "/bin/true", args: [], cwd: "/", env: {} }

describe("a launch", () => {
  let machine: Pretended | undefined
  afterEach(() => machine?.drop())

  /** Its session in memory and in the ledger, where the system tells this one of it. */
  const sessionsOf = async (sidOf: (pid: number) => number) => {
    machine = pretend((pid) => rowOf(pid, { sid: sidOf(pid) }))
    const started = await start(machine.s, { ...plan, farewell: [], budgets: null })
    if (started instanceof Refusal) throw new Error(started.message)
    await started.exited
    const { ledger, trees } = machine.s
    const pid = started.child.pid ?? 0
    const written = openLedger(machine.s.home.ledger, "boot-1").open.get(treeOf("a"))?.sids
    expect(ledger.open.get(treeOf("a"))?.sids).toEqual(written)
    return { pid, owned: [...(trees.get(treeOf("a"))?.mark.sids ?? [])], written }
  }

  it("owns the session that its root leads, and writes it down", async () => {
    const { pid, owned, written } = await sessionsOf((root) => root)
    expect(owned).toEqual([pid])
    expect(written).toEqual([pid])
  })

  it.each([
    ["0: the system names none, as macOS", 0],
    ["1: it is init's", 1],
    ["one that somebody else leads", 4242],
  ])("owns no session, and writes none down, where that is %s", async (_, sid) => {
    expect(await sessionsOf(() => sid)).toMatchObject({ owned: [], written: [] })
  })
})
