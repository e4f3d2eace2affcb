// What the system does not let the supervisor do or see at once: a process of another user, a number given out twice, a process whose
// first thread is dead. In name spaces of their own, where a test may play the system.
import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { until } from "../agents/deadline.ts"
import { readProcess } from "../agents/machine.ts"
import { bearing, exitOf, makeBed, tokenOf, treeOf, type Bed, type Line } from "./supervised.ts"

const soon = 20_000
const wait = "while read -r line; do :; done"
const nobody = 65_534
const program = join(import.meta.dirname, "../../apps/supervisor/src/main.ts")
const serve = (home: string): readonly string[] => [process.execPath, program, "serve", "--home", home]

const mayUnshare = (...spaces: readonly string[]): boolean => spawnSync("unshare", [...spaces, "true"]).status === 0

/** It rules its own processes, and has no power over those of another user. */
describe.skipIf(process.getuid?.() !== 0 || !mayUnshare("--user", "--map-root-user"))("a process of another user in a tree", () => {
  let bed: Bed
  let line: Line
  let supervisor: ChildProcess
  let foreign: ChildProcess | undefined

  beforeEach(async () => {
    bed = makeBed()
    supervisor = spawn("unshare", ["--user", "--map-root-user", ...serve(bed.home)], { env: bed.env, stdio: "ignore" })
    line = await bed.dial()
  })
  afterEach(async () => {
    foreign?.kill("SIGKILL")
    supervisor.kill("SIGTERM")
    await exitOf(supervisor)
    await bed.end()
  })

  const bear = async (token: string): Promise<number> => {
    const options = { uid: nobody, gid: nobody, stdio: "ignore", env: bed.env } as const
    foreign = spawn("prlimit", [...bearing(token), "sleep", "900"], options)
    const pid = foreign.pid ?? 0
    await until(() => tokenOf(pid) === token || undefined, { what: "a foreign bearer", withinMillis: soon })
    return pid
  }
  const tokenOfTree = async (pid: number): Promise<string> =>
    (await until(() => tokenOf(pid), { what: "a token", withinMillis: soon })).seen
  const outcomes = async (reason: string): Promise<readonly string[]> =>
    (await line.ask("certificates", { after: 0 })).flatMap(({ certificate }) =>
      certificate.reason === reason ? [certificate.outcome] : [],
    )

  it("keeps the supervisor from leaving, and the next server from nothing", async () => {
    const { pid } = await line.launch("a", wait)
    const other = await bear(await tokenOfTree(pid))
    expect(await line.ask("leave", { how: "stop", now: true })).toEqual({ stopped: 1, left: 1 })
    expect(readProcess(other)).toHaveLength(1)
    line.drop()
    line = (await until(() => bed.dial().catch(() => undefined), { what: "the line", withinMillis: soon })).seen
    await line.launch("b", wait)
    expect((await line.stop("b")).outcome).toBe("gone")
    expect((await line.ask("trees", { memory: false })).trees).toMatchObject([{ treeId: treeOf("a"), state: "stuck" }])
  })

  it("is certified as stuck once, and once more when it is gone", async () => {
    const { pid } = await line.launch("a", wait)
    const token = await tokenOfTree(pid)
    expect((await line.stop("a")).outcome).toBe("gone")
    await bear(token)
    for (const _ of [1, 2, 3]) expect(await line.ask("sweep", {})).toMatchObject({ complete: true, ended: 0, strays: 1 })
    expect(await outcomes("stray")).toEqual(["stuck"])
    foreign?.kill("SIGKILL")
    const said = async () => ((await outcomes("stray")).length > 1 ? await outcomes("stray") : undefined)
    const { seen } = await until(said, { what: "the end of a stray", withinMillis: soon })
    expect(seen).toEqual(["stuck", "gone"])
  })
})

const ownNumbers = ["--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"]

describe.skipIf(!mayUnshare(...ownNumbers))("a number that is given out anew", () => {
  let bed: Bed
  let space: ChildProcess

  beforeEach(() => {
    bed = makeBed()
    // Number 1 collects the dead, so that their numbers are free; number 2 is somebody who has nothing to do with us.
    const init = `sleep 900 & "$@" & while :; do wait; done`
    space = spawn("unshare", [...ownNumbers, "sh", "-c", init, "sh", ...serve(bed.home)], { env: bed.env, stdio: "ignore" })
  })
  afterEach(async () => {
    space.kill("SIGKILL")
    await exitOf(space)
    await bed.end()
  })

  it("is seen as what it names now, by the next look", async () => {
    const line = await bed.dial()
    // A thread of the supervisor may take the number first.
    const take = "echo 1 >/proc/sys/kernel/ns_last_pid; sleep 900 &"
    const reuse = `kill -9 2; while kill -0 2 2>/dev/null; do :; done; while ${take} [ $! != 2 ]; do kill $!; done; echo $!`
    await line.launch("a", `echo ready; while [ ! -e '${bed.home}/go' ]; do :; done; ${reuse}; ${wait}`)
    await line.ask("attach", { treeId: treeOf("a"), after: 0 })
    await until(() => line.linesOf("a").length === 1 || undefined, { what: "an agent that is ready", withinMillis: soon })
    const before = await line.ask("trees", { memory: false })
    expect(before.trees[0]?.processes.map(({ pid }) => pid)).not.toContain(2)
    writeFileSync(join(bed.home, "go"), "")
    await until(() => line.linesOf("a").length === 2 || undefined, { what: "a number given out anew", withinMillis: soon })
    expect(line.linesOf("a")[1]).toBe("2")
    const after = await line.ask("trees", { memory: false })
    expect(after.complete).toBe(true)
    expect(after.trees[0]?.processes.map(({ pid }) => pid)).toContain(2)
    expect((await line.stop("a")).outcome).toBe("gone")
  })
})

/** The system call by which one thread ends alone. */
const exitOfThread = new Map([
  ["x64", 60],
  ["arm64", 93],
]).get(process.arch)
const leaderless = `perl -Mthreads -e 'threads->create(sub { sleep 900 })->detach; syscall(${exitOfThread})'`

const isLeaderless = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "latin1"))

describe.skipIf(exitOfThread === undefined || spawnSync("perl", ["-Mthreads", "-e", "1"]).status !== 0)(
  "a process whose first thread is dead",
  () => {
    let bed: Bed
    let pid = 0

    beforeEach(() => {
      bed = makeBed()
      bed.start()
    })
    afterEach(async () => {
      if (isLeaderless(pid)) process.kill(pid, "SIGKILL")
      await bed.end()
    })

    it("is no dead process: it is ended, and named on the certificate", async () => {
      const line = await bed.dial()
      await line.launch("a", `${leaderless} & echo $!; ${wait}`)
      await line.ask("attach", { treeId: treeOf("a"), after: 0 })
      pid = (await until(() => Number(line.linesOf("a")[0]) || undefined, { what: "its pid", withinMillis: soon })).seen
      await until(() => isLeaderless(pid) || undefined, { what: "the death of its first thread", withinMillis: soon })
      const certificate = await line.stop("a")
      await bed.oracle.pipeEmpty(0)
      expect(certificate.killed).toContainEqual(expect.objectContaining({ pid, evidence: "token" }))
      expect(certificate.outcome).toBe("gone")
    })
  },
)
