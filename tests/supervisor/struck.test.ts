// The supervisor is killed while its trees have cgroups of their own: its watcher ends them at once, and what is certified afterwards is true of
// that. Whatever else runs of the same home is left alone.
import type { ChildProcess } from "node:child_process"
import { existsSync, readlinkSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { until } from "../agents/deadline.ts"
import { descendantsOf, isAlive, readProcess, type MachineProcess } from "../agents/machine.ts"
import { zooShell, type ZooKind } from "../agents/zoo.ts"
import { containmentOf } from "./held-tree.ts"
import { exitOf, makeBed, treeOf, type Bed, type Line } from "./supervised.ts"

const soon = 15_000
const wait = "while read -r line; do :; done"
const kinds: readonly ZooKind[] = ["plain", "own-session", "deaf-to-term", "daemon-without-environment"]
const missing = process.platform === "linux" ? containmentOf("cgroup", "linux-cgroup") : "there are no cgroups"

describe.skipIf(typeof missing === "string")("a supervisor that is killed with trees in cgroups of their own", () => {
  let bed: Bed
  let supervisor: ChildProcess
  let watcher: MachineProcess
  beforeEach(async () => {
    bed = makeBed()
    supervisor = start()
    const isWatcher = ({ command }: MachineProcess) => command.startsWith("/bin/sh -c read -r _")
    const look = () => descendantsOf([supervisor.pid ?? 0]).find(isWatcher)
    watcher = (await until(look, { what: "a watcher", withinMillis: soon })).seen
  })
  afterEach(() => bed.end())

  const start = () => bed.start({ env: { CORRAL_TIER: "cgroup" } })
  const heard = () => join(bed.home, "heard")
  /** The agent says so when it hears TERM, and its complaints break no pipe; none of them goes by itself. */
  const plant = async (line: Line): Promise<readonly MachineProcess[]> => {
    const agent = `exec 2>/dev/null; trap 'echo TERM >${heard()}' TERM; ${zooShell(kinds)} while :; do sleep 0.05; done`
    const { pid: root } = await line.launch("a", agent)
    const zoo = () => bed.oracle.holders().filter(({ command }) => /^\S*perl /.test(command))
    // The daemon is what it wants to be when those who made it have left.
    const isDaemon = ({ pid, sid, ppid, command }: MachineProcess) => ppid === 1 && sid !== pid && command.endsWith("deaf-to-term")
    const grown = () => (zoo().some(isDaemon) && zoo().length === kinds.length) || undefined
    await until(grown, { what: "a tree", withinMillis: soon, instead: () => JSON.stringify(zoo()) })
    return [...readProcess(root), ...zoo()]
  }
  const kill = async () => {
    supervisor.kill("SIGKILL")
    await exitOf(supervisor)
  }
  const watcherGone = () => until(() => !isAlive(watcher) || undefined, { what: "the end of the watcher", withinMillis: soon })
  const certificates = async (line: Line) => (await line.ask("certificates", { after: 0 })).map(({ certificate }) => certificate)
  const certificateOf = async (line: Line) => (await certificates(line)).find(({ treeId }) => treeId === treeOf("a"))
  const lock = () => join(bed.home, "supervisor", "lock")
  /** The home is somebody else's, as far as a sweep can tell: it does nothing then. */
  const takeAway = () => {
    const [self] = readProcess(process.pid)
    const boot = typeof missing === "string" ? "" : missing.boot
    const space = readlinkSync("/proc/self/ns/pid")
    writeFileSync(lock(), JSON.stringify({ pid: process.pid, start: Number(self?.start), boot, role: "supervisor", space }))
  }

  it("has them ended at once, by its watcher alone, and the next one certifies whom", async () => {
    const members = await plant(await bed.dial())
    takeAway()
    await kill()
    await bed.oracle.pipeEmpty(soon)
    expect(existsSync(heard())).toBe(false)
    await watcherGone()
    rmSync(lock())
    start()
    const certificate = await certificateOf(await bed.dial())
    expect(certificate).toMatchObject({ reason: "boot-sweep", outcome: "gone", left: 0, rungs: [{ name: "kill", left: 0 }] })
    expect(certificate?.killed.map(({ pid }) => pid)).toEqual(expect.arrayContaining(members.map(({ pid }) => pid)))
    expect(certificate?.killed.filter(({ signal, evidence }) => signal !== "KILL" || evidence !== "cgroup")).toEqual([])
    expect(certificate?.freedBytes).toBeGreaterThan(0)
    expect(existsSync(join(bed.home, "supervisor", "struck"))).toBe(false)
  })

  it("is swept by its watcher, which certifies whom it has ended", async () => {
    const members = await plant(await bed.dial())
    await kill()
    await watcherGone()
    expect(existsSync(heard())).toBe(false)
    start()
    const certificate = await certificateOf(await bed.dial())
    expect(certificate).toMatchObject({
      reason: "supervisor-lost",
      askedBy: "watcher",
      outcome: "gone",
      rungs: [{ name: "kill", left: 0 }],
    })
    expect(certificate?.killed.map(({ pid }) => pid)).toEqual(expect.arrayContaining(members.map(({ pid }) => pid)))
  })

  it("has them certified as strays where its ledger was lost with it", async () => {
    const members = await plant(await bed.dial())
    rmSync(join(bed.home, "supervisor", "ledger.jsonl"))
    await kill()
    await watcherGone()
    start()
    const told = await certificates(await bed.dial())
    expect(told).toMatchObject([{ reason: "stray", outcome: "gone", left: 0 }])
    expect(told[0]?.killed.map(({ pid }) => pid)).toEqual(expect.arrayContaining(members.map(({ pid }) => pid)))
  })

  it("harms nobody of the next one, however late its watcher is", async () => {
    await plant(await bed.dial())
    process.kill(watcher.pid, "SIGSTOP")
    await kill()
    start()
    const line = await bed.dial()
    expect(await certificateOf(line)).toMatchObject({ reason: "boot-sweep", outcome: "gone" })
    const { pid } = await line.launch("b", wait)
    const [root] = readProcess(pid)
    process.kill(watcher.pid, "SIGCONT")
    await watcherGone()
    expect(root && isAlive(root)).toBe(true)
    expect(await line.stop("b")).toMatchObject({ outcome: "gone", left: 0, killed: [] })
  })

  it("is swept by the next one, with manners, where its watcher was killed too", async () => {
    const members = await plant(await bed.dial())
    process.kill(watcher.pid, "SIGKILL")
    await kill()
    await watcherGone()
    expect(members.filter(isAlive)).toEqual(members)
    start()
    const certificate = await certificateOf(await bed.dial())
    expect(certificate).toMatchObject({ reason: "boot-sweep", outcome: "gone", left: 0, rungs: [{ name: "term" }, { name: "kill" }] })
    expect(existsSync(heard())).toBe(true)
  })
})
