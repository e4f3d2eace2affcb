// A Corral inside a session of another one: what the inner one started goes with the outer session, however it hides and whoever is killed.
import type { ChildProcess } from "node:child_process"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { until } from "../agents/deadline.ts"
import { restingKinds, zooShell } from "../agents/zoo.ts"
import { depth, makeBed, type Bed, type Line } from "./supervised.ts"

const soon = 15_000
const wait = "while read -r line; do :; done"
const zooOf = (bed: Bed) => bed.oracle.holders().filter(({ command }) => /^\S*perl |^ttt/.test(command))
const program = join(import.meta.dirname, "../../apps/supervisor/src/main.ts")

// There are three places for marks. Inside of two sessions these would be the third Corral and the fourth.
describe.skipIf(depth > 1)("a supervisor inside a tree of another one", () => {
  let bed: Bed
  let supervisor: ChildProcess
  let outer: Line
  let inner: Line

  beforeEach(async () => {
    bed = makeBed()
    supervisor = bed.start()
    outer = await bed.dial()
    inner = await nest(outer, "one")
  })
  afterEach(() => bed.end())

  /** Another one in a tree of `line`. */
  const nest = async (line: Line, name: string): Promise<Line> => {
    const home = join(bed.home, name)
    await line.launch(name, `'${process.execPath}' '${program}' serve --home '${home}' & ${wait}`)
    return bed.dial(30_000, home)
  }
  const leaveZoo = async (line: Line): Promise<void> => {
    const before = bed.oracle.holders().length
    await line.launch("zoo", `${zooShell(restingKinds)} ${wait}`)
    const isThere = () => bed.oracle.holders().length > before + restingKinds.length || undefined
    await until(isThere, { what: "the zoo of the inner session", withinMillis: soon })
  }

  it.each(["eof", "kill"] as const)("ends with it, from the rung %s", async (from) => {
    await leaveZoo(inner)
    expect(await outer.stop("one", { from })).toMatchObject({ outcome: "gone", left: 0 })
    await bed.oracle.pipeEmpty(250)
  })

  it("ends with it two levels down", async () => {
    await leaveZoo(await nest(inner, "two"))
    expect(await outer.stop("one", { from: "kill" })).toMatchObject({ outcome: "gone", left: 0 })
    await bed.oracle.pipeEmpty(250)
  })

  it("is found by the middle one of three, daemons too", async () => {
    const innermost = await nest(inner, "two")
    await leaveZoo(innermost)
    const { outcome, killed } = await inner.stop("two", { from: "kill" })
    expect(outcome).toBe("gone")
    expect(zooOf(bed)).toEqual([])
    if (depth === 0) expect(killed.filter(({ evidence }) => evidence !== "token")).toEqual([])
    expect(innermost.hello).toMatchObject({ tier: "linux-token", tierReason: depth === 0 ? null : expect.any(String) })
    // And by that one alone: its own Corral goes on.
    expect((await outer.ask("trees", { memory: false })).trees).toMatchObject([{ state: "running" }])
  })

  it("ends what it left behind itself, the innermost of three too, and the others stay", async () => {
    const innermost = await nest(inner, "two")
    await leaveZoo(innermost)
    expect(await innermost.stop("zoo", { from: "kill" })).toMatchObject({ outcome: "gone", left: 0 })
    expect(zooOf(bed)).toEqual([])
    for (const line of [outer, inner]) expect((await line.ask("trees", { memory: false })).trees).toMatchObject([{ state: "running" }])
  })

  it("says of a fourth one that there is no place for its marks, and ends with it all the same", async () => {
    const innermost = await nest(await nest(inner, "two"), "three")
    expect(innermost.hello.tierReason).toContain("no place was left for its marks")
    await leaveZoo(innermost)
    expect(await outer.stop("one", { from: "kill" })).toMatchObject({ outcome: "gone", left: 0 })
    await bed.oracle.pipeEmpty(250)
  })

  it("ends with it when the outer supervisor is killed", async () => {
    await leaveZoo(inner)
    supervisor.kill("SIGKILL")
    await bed.oracle.pipeEmpty(soon)
  })

  it("ends what its own session left behind, and stays itself", async () => {
    await leaveZoo(inner)
    expect(await inner.stop("zoo")).toMatchObject({ outcome: "gone", left: 0 })
    expect((await outer.ask("trees", { memory: false })).trees).toMatchObject([{ state: "running" }])
    expect((await inner.ask("sweep", {})).strays).toBe(0)
  })
})
