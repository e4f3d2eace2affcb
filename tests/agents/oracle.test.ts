// Whether the judges see what is left, name it, and let go only when nothing is.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { until } from "./deadline.ts"
import { startCanaries } from "./canaries.ts"
import { isAlive, type MachineProcess } from "./machine.ts"
import { startOracle, type Oracle } from "./oracle.ts"
import { makeScratch } from "./scratch.ts"
import { restingKinds, zooArguments, zooShell, type ZooKind } from "./zoo.ts"

const soonMillis = 20_000
const shortMillis = 150
/** Who is not root may not ask a non-dumpable process what it holds. */
const listableKinds = process.getuid?.() === 0 ? restingKinds : restingKinds.filter((kind) => kind !== "non-dumpable")

let scratch: ReturnType<typeof makeScratch>
let oracle: Oracle
beforeEach(() => {
  scratch = makeScratch()
  oracle = startOracle(scratch.folder)
})
afterEach(() => {
  for (const { pid } of oracle.holders()) process.kill(pid, "SIGKILL")
  oracle.close()
  scratch.drop()
})

/** Starts these kinds below a shell that holds the pipe and leaves. */
const release = async (kinds: readonly ZooKind[], cwd = scratch.folder) => {
  const shell = spawn("sh", ["-c", `exec 9>"$CORRAL_TEST_PIPE"; ${zooShell(kinds)}`], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", CORRAL_TEST_PIPE: oracle.pipe },
    stdio: "ignore",
  })
  await once(shell, "exit")
}

/** Gives how many there were. */
const endAll = (processes: readonly MachineProcess[]): number => {
  for (const { pid } of processes.filter(isAlive)) process.kill(pid, "SIGKILL")
  return processes.length
}

describe("the oracle", () => {
  it("says at once that nothing is left where nothing was", async () => {
    await oracle.pipeEmpty(0)
    await oracle.nothingLeft(0)
  })

  it("sees a daemon without environment, parent or session, and names it", async () => {
    await release(["daemon-without-environment"])
    await expect(oracle.pipeEmpty(shortMillis)).rejects.toThrow(/still there: pid \d+ .*zoo\.pl/)
    await expect(oracle.nothingLeft(shortMillis)).rejects.toThrow(/still there: pid \d+ .*zoo\.pl/)
  })

  it("counts one holder for each kind, and is content when the last one has gone", async () => {
    await release(listableKinds)
    const all = () => (oracle.holders().length === listableKinds.length ? oracle.holders() : undefined)
    const { seen } = await until(all, {
      what: "every kind at rest",
      withinMillis: soonMillis,
      instead: () => JSON.stringify(oracle.holders()),
    })
    const kept = seen.find(({ command }) => command.endsWith(" plain"))
    // A daemon on its way has another pid a moment later: what comes after the first blow gets the next one.
    const others = () => oracle.holders().filter(({ pid }) => pid !== kept?.pid)
    await until(() => endAll(others()) === 0 || undefined, { what: "the end of all but one", withinMillis: soonMillis })
    await expect(oracle.pipeEmpty(shortMillis)).rejects.toThrow("still there")
    endAll(oracle.holders())
    await oracle.pipeEmpty(soonMillis)
    await oracle.nothingLeft(soonMillis)
  })

  it("sees that hoppers are there although no list ever shows where", async () => {
    await release(["hopper", "own-session-hopper"])
    await expect(oracle.pipeEmpty(shortMillis)).rejects.toThrow()
    await until(
      () => {
        endAll(oracle.holders())
        return oracle.holders().length === 0 || undefined
      },
      { what: "the end of the hoppers", withinMillis: 65_000 },
    )
  })

  it("knows as ours what was noted, though nothing about it tells", async () => {
    const [command, ...args] = zooArguments("plain")
    const child = spawn(command, args, { cwd: "/", env: {}, stdio: "ignore" })
    await once(child, "spawn")
    await oracle.nothingLeft(shortMillis)
    oracle.note([child.pid ?? 0])
    await expect(oracle.nothingLeft(shortMillis)).rejects.toThrow(`pid ${child.pid}`)
    child.kill("SIGKILL")
    await oracle.nothingLeft(soonMillis)
  })
})

describe("canaries", () => {
  it("are unharmed while they live, and tell which one was harmed", async () => {
    const canaries = await startCanaries(scratch.folder, { treeId: "tre_x", home: scratch.folder })
    expect(canaries.harmed()).toEqual([])
    await expect(oracle.nothingLeft(shortMillis)).rejects.toThrow("still there")
    await oracle.nothingLeft(shortMillis, canaries.pids)
    process.kill(canaries.pids[0] ?? 0, "SIGKILL")
    await until(() => canaries.harmed().length > 0 || undefined, { what: "harm", withinMillis: soonMillis })
    expect(canaries.harmed()).toEqual(["a program called claude"])
    await canaries.end()
    await oracle.nothingLeft(soonMillis)
  })
})
