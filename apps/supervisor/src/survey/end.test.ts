// What is ended on a pretended machine, and what is said where somebody stays.
import { afterEach, describe, expect, it } from "vitest"
import { pretend, rowOf, type Pretended } from "../pretended.test-support.ts"
import type { Containment } from "../platform/containment.ts"
import { end } from "./end.ts"
import { listedOf } from "./machine.test-support.ts"
import { readMachine } from "./machine.ts"
import { plan } from "./plan.ts"

const home = "/nowhere"
let pretended: Pretended
afterEach(() => pretended.drop())

/** Pid 5 is an agent with a child, 7 another one. */
const machine = (): Containment => {
  pretended = pretend()
  for (const row of [rowOf(5), rowOf(6, { ppid: 5 }), rowOf(7), rowOf(process.pid)]) pretended.rows.set(row.pid, row)
  const lines = new Map([
    [5, "claude"],
    [7, "claude"],
  ])
  const list = () => [...pretended.rows.values()].map((row) => ({ ...listedOf(row.pid, lines.get(row.pid) ?? "sh"), ...row }))
  return { ...pretended.s.containment, list }
}

describe("ending what is named", () => {
  it("ends it with what is below it, and nobody else", async () => {
    const containment = machine()
    const shown = plan(readMachine(containment, home), [{ pid: 5, start: null }])
    expect(await end({ containment, home, shown })).toMatchObject({ outcome: "gone", left: [], killed: [{ pid: 5 }, { pid: 6 }] })
    expect([...pretended.rows.keys()]).toEqual([7, process.pid])
  })

  it("ends what was shown also where its parent has left meanwhile", async () => {
    const containment = machine()
    const shown = plan(readMachine(containment, home), [{ pid: 5, start: null }])
    pretended.rows.delete(5)
    pretended.rows.set(6, rowOf(6))
    expect(await end({ containment, home, shown })).toMatchObject({ outcome: "gone", killed: [{ pid: 6 }] })
  })

  it("signals nobody who has its number by now", async () => {
    const containment = machine()
    const shown = plan(readMachine(containment, home), [{ pid: 5, start: null }])
    pretended.rows.delete(6)
    pretended.rows.set(5, rowOf(5, { start: 9_999 }))
    expect(await end({ containment, home, shown })).toMatchObject({ outcome: "gone", killed: [] })
    expect(pretended.rows.has(5)).toBe(true)
  })

  it("says who could not be ended", async () => {
    const containment = machine()
    pretended.deaf.add(6)
    const shown = plan(readMachine(containment, home), [{ pid: 5, start: null }])
    expect(await end({ containment, home, shown })).toMatchObject({ outcome: "stuck", left: [{ pid: 6, command: "sh" }] })
  })

  it("ends nothing where it may not be any more", async () => {
    const containment = machine()
    const shown = plan(readMachine(containment, home), [{ pid: 5, start: null }])
    pretended.rows.set(process.pid, rowOf(process.pid, { ppid: 5 }))
    expect(await end({ containment, home, shown })).toMatchObject({ outcome: "stuck", refused: [{ tag: "Protected" }], left: [{}, {}] })
    expect(pretended.rows.size).toBe(4)
  })
})
