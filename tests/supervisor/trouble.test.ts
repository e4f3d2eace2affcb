// What the machine can do to a supervisor: no room, no file handles, a process that cannot die now, a /proc that hides, a ledger that names
// strangers. Each ends in what is true, never in silence, and never in a wrong kill.
import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { startCanaries } from "../agents/canaries.ts"
import { until } from "../agents/deadline.ts"
import { isAlive, readProcess, type MachineProcess } from "../agents/machine.ts"
import { zooShell } from "../agents/zoo.ts"
import { exitOf, makeBed, sessionOf, treeOf, type Bed, type Line } from "./supervised.ts"

const soon = 15_000
const wait = "while read -r line; do :; done"
const hasty = { budgets: { eofMillis: 200, termMillis: 200, killMillis: 500 } }
const program = join(import.meta.dirname, "../../apps/supervisor/src/main.ts")

const limit = (child: ChildProcess, option: string): boolean => spawnSync("prlimit", ["--pid", String(child.pid), option]).status === 0
const outcomesOf = async (line: Line): Promise<readonly string[]> =>
  (await line.ask("certificates", { after: 0 })).map(
    ({ certificate }) => `${certificate.reason} ${certificate.outcome} ${certificate.left}`,
  )
const outcomesAre = async (line: Line, wanted: readonly string[]): Promise<void> => {
  let last = ""
  const said = async () => {
    last = JSON.stringify(await outcomesOf(line))
    return last === JSON.stringify(wanted) ? true : undefined
  }
  await until(said, { what: wanted.join(", "), withinMillis: soon, instead: () => last })
}

let bed: Bed
beforeEach(() => {
  bed = makeBed()
})

describe.skipIf(spawnSync("prlimit", ["--version"]).status !== 0)("a supervisor", () => {
  let supervisor: ChildProcess
  let line: Line

  beforeEach(async () => {
    supervisor = bed.start()
    line = await bed.dial()
  })
  afterEach(() => bed.end())

  it("without a file handle left says that it could not look, calls nothing gone, and does so as soon as it has one", async () => {
    await line.launch("a", wait, hasty)
    limit(supervisor, "--nofile=3:")
    expect(await line.ask("trees", { memory: false })).toMatchObject({ complete: false, strays: [] })
    expect(await line.stop("a")).toMatchObject({ outcome: "stuck", left: 0 })
    expect((await line.ask("trees", { memory: false })).trees).toMatchObject([{ treeId: treeOf("a"), state: "stuck" }])
    limit(supervisor, "--nofile=1024:")
    await outcomesAre(line, ["stop stuck 0", "stop gone 0"])
  })

  it("whose disk is full launches nothing, ends what it is asked to, and says gone only once that is written", async () => {
    await line.launch("a", `trap '' TERM; ${wait}; sleep 900`, hasty)
    limit(supervisor, "--fsize=0:")
    await expect(line.launch("b", wait)).rejects.toThrow("ledger-failed")
    const stop = { target: { tree: treeOf("a") }, reason: "stop", askedBy: "test", from: null } as const
    expect((await line.refusal("stop", stop)).tag).toBe("ledger-failed")
    await bed.oracle.pipeEmpty(soon)
    // It is tried again every 2 s, and is being stopped for that moment.
    const isStuck = async () => (await line.ask("trees", { memory: false })).trees.some(({ state }) => state === "stuck") || undefined
    await until(isStuck, { what: "a tree that is stuck", withinMillis: soon })
    expect(await outcomesOf(line)).toEqual([])
    limit(supervisor, "--fsize=unlimited:")
    await outcomesAre(line, ["stop gone 0"])
    await line.launch("b", wait)
    expect((await line.stop("b")).outcome).toBe("gone")
  })
})

/** The first version of cgroups lets nobody die who is frozen: the kernel shows it as D, as it does one that waits for a dead disk. */
const freezer = `/sys/fs/cgroup/freezer/corral-test-${process.pid}`
const mayFreeze = (): boolean => {
  try {
    mkdirSync(freezer)
    rmdirSync(freezer)
    return true
  } catch {
    return false
  }
}

describe.skipIf(!mayFreeze())("a process in uninterruptible sleep", () => {
  const set = (file: string, text: string) => writeFileSync(join(freezer, file), text)

  beforeEach(() => {
    mkdirSync(freezer)
  })
  afterEach(async () => {
    set("freezer.state", "THAWED")
    await bed.end()
    await until(() => (rmdir(freezer) ? true : undefined), { what: "an empty cgroup", withinMillis: soon })
  })

  it("makes its tree stuck and is named, and the tree is gone when it has woken", async () => {
    bed.start()
    const line = await bed.dial()
    const { pid } = await line.launch("a", wait, hasty)
    set("cgroup.procs", String(pid))
    set("freezer.state", "FROZEN")
    const isAsleep = () => /^State:\s+D/m.test(readFileSync(`/proc/${pid}/status`, "latin1")) || undefined
    await until(isAsleep, { what: "state D", withinMillis: soon })
    expect(await line.stop("a")).toMatchObject({ outcome: "stuck", left: 1, survivors: [{ pid }] })
    expect(readProcess(pid)).toHaveLength(1)
    set("freezer.state", "THAWED")
    await outcomesAre(line, ["stop stuck 1", "stop gone 0"])
  })
})

const rmdir = (folder: string): boolean => {
  try {
    rmdirSync(folder)
    return true
  } catch {
    return false
  }
}

describe("a ledger that names processes which are not what they were", () => {
  afterEach(() => bed.end())

  /** A tree of the bystanders, as a supervisor would have left it. */
  const leave = (boot: string, members: readonly { readonly pid: number; readonly start: number }[]) => {
    const treeId = treeOf("old")
    const [root] = members
    const lines = [
      {
        ev: "intended",
        at: 1,
        treeId,
        serial: "1234567890123456789",
        tier: "linux-token",
        boot,
        provider: "test",
        session: sessionOf("old"),
        cwd: "/",
      },
      { ev: "running", treeId, root, pgid: root?.pid, sid: root?.pid },
      { ev: "members", treeId, members, sids: [] },
    ]
    mkdirSync(join(bed.home, "supervisor"), { recursive: true, mode: 0o700 })
    writeFileSync(join(bed.home, "supervisor", "ledger.jsonl"), lines.map((each) => `${JSON.stringify(each)}\n`).join(""))
  }
  const boot = existsSync("/proc/sys/kernel/random/boot_id") ? readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim() : ""

  it.each([
    { name: "numbers that were given to others since", ofBoot: boot, later: 1, rung: "term" },
    { name: "another boot, though number and start fit", ofBoot: "another-boot", later: 0, rung: "lost" },
  ])("signals nobody: $name", async ({ ofBoot, later, rung }) => {
    mkdirSync(bed.home, { mode: 0o700 })
    const canaries = await startCanaries(bed.home, { treeId: "tre_old", home: bed.home })
    try {
      const starts = canaries.pids.flatMap((pid) => readProcess(pid))
      leave(
        ofBoot,
        starts.map(({ pid, start }) => ({ pid, start: Number(start) - later })),
      )
      bed.start()
      const line = await bed.dial()
      const [told] = await line.ask("certificates", { after: 0 })
      expect(told?.certificate).toMatchObject({ reason: "boot-sweep", outcome: "gone", killed: [], left: 0, rungs: [{ name: rung }] })
      expect(canaries.harmed()).toEqual([])
    } finally {
      await canaries.end()
    }
  })
})

const hide = `mount -t proc -o hidepid=ptraceable proc /proc && exec setpriv --bounding-set=-sys_ptrace "$@"`
const hidden = ["--mount", "--propagation", "private", "sh", "-c", hide, "sh"]

/** As the supervisor there sees it. */
const isHidden = ({ pid }: MachineProcess): boolean => {
  const pids = spawnSync("unshare", [...hidden, "ls", "/proc"], { encoding: "utf8" }).stdout.split("\n")
  return pids.includes("self") && !pids.includes(String(pid))
}

describe.skipIf(spawnSync("unshare", [...hidden, "true"]).status !== 0)("a /proc that hides who hides itself", () => {
  it("is told with the containment: what is not seen is not called gone without a word", async () => {
    const serve = [process.execPath, program, "serve", "--home", bed.home]
    const supervisor = spawn("unshare", [...hidden, ...serve], { env: bed.env, stdio: "ignore" })
    const line = await bed.dial()
    expect(line.hello).toMatchObject({ tier: "linux-token", tierReason: expect.stringContaining("hidepid=ptraceable") })
    await line.launch("a", `${zooShell(["non-dumpable"])} ${wait}`)
    const grown = () => bed.oracle.holders().find(({ command }) => /^\S*perl /.test(command))
    const { seen } = await until(grown, { what: "one that hides itself", withinMillis: soon })
    await until(() => isHidden(seen) || undefined, { what: "it to hide", withinMillis: soon })
    try {
      expect(await line.stop("a")).toMatchObject({ outcome: "gone", left: 0, unseen: expect.stringContaining("hidepid=ptraceable") })
      // What it says is so: somebody is left, whom it could not see.
      expect(isAlive(seen)).toBe(true)
    } finally {
      process.kill(seen.pid, "SIGKILL")
    }
    const [told] = await line.ask("certificates", { after: 0 })
    expect(told?.certificate.unseen).toContain("is not seen")
    supervisor.kill("SIGTERM")
    await exitOf(supervisor)
    await bed.end()
  })
})
