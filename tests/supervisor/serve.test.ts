// The line between server and supervisor: launching, lines in and out, refusals, one server and one supervisor at a time.
import { chmodSync, chownSync, mkdirSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { supervisorVersion } from "@corral/contracts/limits"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { until } from "../agents/deadline.ts"
import { readProcess } from "../agents/machine.ts"
import { dial, lastWordsOf, makeBed, sessionOf, treeOf, type Bed, type Line } from "./supervised.ts"

const soon = 20_000
const echo = 'while read -r line; do echo "got $line"; done'

describe("the supervisor's line", () => {
  let bed: Bed
  let line: Line

  beforeEach(async () => {
    bed = makeBed()
    bed.start()
    line = await bed.dial()
  })
  afterEach(() => bed.end())

  it("greets with what is in force", () => {
    expect(line.hello).toMatchObject({
      version: supervisorVersion,
      tier: "linux-token",
      tierReason: null,
      watcherArmed: true,
      held: [],
      certificateSeq: 0,
    })
  })

  it("keeps its socket and its home to one user", () => {
    expect(statSync(bed.home).mode & 0o777).toBe(0o700)
    expect(statSync(join(bed.home, "supervisor.sock")).mode & 0o777).toBe(0o600)
  })

  it("launches, writes whole lines, tells numbered ones and the exit with the end of stderr", async () => {
    const unhurried = { budgets: { eofMillis: soon, termMillis: soon, killMillis: soon } }
    const { pid } = await line.launch("a", `echo first; ${echo}; echo why >&2; exit 3`, unhurried)
    expect(await line.ask("attach", { treeId: treeOf("a"), after: 0 })).toMatchObject({ pid })
    await line.ask("write", { treeId: treeOf("a"), lines: ["one", "two"], bookmark: null })
    await until(() => line.linesOf("a").length === 3 || undefined, { what: "three lines", withinMillis: soon })
    expect(line.linesOf("a")).toEqual(["first", "got one", "got two"])
    expect(line.tellsOf("line").map(({ n }) => n)).toEqual([1, 2, 3])
    await line.stop("a")
    expect(line.tellsOf("exit")).toMatchObject([{ code: 3, signal: null, stderr: "why\n" }])
  })

  it("sends nothing before attach, and from then on what was not acknowledged", async () => {
    await line.launch("a", `echo one; echo two; echo three; ${echo}`)
    await until(() => line.ask("trees", { memory: false }).then(({ trees }) => (trees[0]?.bytesOut ?? 0) >= 14 || undefined), {
      what: "three lines in the window",
      withinMillis: soon,
    })
    expect(line.linesOf("a")).toEqual([])
    expect(await line.ask("attach", { treeId: treeOf("a"), after: 1 })).toMatchObject({ kept: 2 })
    await until(() => line.linesOf("a").length === 2 || undefined, { what: "two lines", withinMillis: soon })
    expect(line.linesOf("a")).toEqual(["two", "three"])
  })

  it("gives the agent its environment, its tree and its session, and nothing else", async () => {
    await line.launch("a", `env | sort | tr '\\n' ' '; echo; ${echo}`, {
      env: { PATH: bed.env["PATH"] ?? "", CORRAL_TEST_PIPE: bed.oracle.pipe, X: "1" },
    })
    await line.ask("attach", { treeId: treeOf("a"), after: 0 })
    await until(() => line.linesOf("a").length === 1 || undefined, { what: "the environment", withinMillis: soon })
    const names = (line.linesOf("a")[0] ?? "").split(" ").flatMap((entry) => /^(\w+)=/.exec(entry)?.[1] ?? [])
    expect(names.filter((name) => name !== "PWD" && name !== "_")).toEqual([
      "CORRAL_SESSION",
      "CORRAL_TEST_PIPE",
      "CORRAL_TREE",
      "PATH",
      "X",
    ])
    expect(line.linesOf("a")[0]).toContain(`CORRAL_SESSION=${sessionOf("a")}`)
  })

  it("keeps the last line that the agent did not end, and cuts none", async () => {
    await line.launch("a", "printf 'half'")
    await line.ask("attach", { treeId: treeOf("a"), after: 0 })
    await until(() => line.tellsOf("exit")[0], { what: "the exit", withinMillis: soon })
    expect(line.told.filter(({ _tag }) => _tag === "line" || _tag === "exit").map(({ _tag }) => _tag)).toEqual(["line", "exit"])
    expect(line.linesOf("a")).toEqual(["half"])
  })

  it("lets an agent wait that nobody reads, loses nothing of what it says, and grows by no more than the window", async () => {
    await line.launch("a", `yes ${"x".repeat(999)} | head -n 30000; echo done; ${echo}`)
    await line.ask("attach", { treeId: treeOf("a"), after: 0 })
    await until(() => (line.linesOf("a").length > 7000 ? true : undefined), { what: "a full window", withinMillis: soon })
    const sizes: number[] = []
    await until(
      async () => {
        sizes.push((await line.ask("trees", { memory: false })).trees[0]?.bytesOut ?? 0)
        return (sizes.length > 20 && sizes.at(-1) === sizes.at(-20)) || undefined
      },
      { what: "an agent that waits", withinMillis: soon },
    )
    expect(sizes.at(-1)).toBeLessThan(9 * 1024 * 1024)
    let acknowledged = 0
    await until(
      () => {
        for (const n = line.linesOf("a").length; acknowledged < n; acknowledged = n) line.ack("a", n)
        return line.linesOf("a").at(-1) === "done" || undefined
      },
      { what: "the rest", withinMillis: 30_000 },
    )
    expect(line.linesOf("a")).toHaveLength(30_001)
    expect(line.tellsOf("line").every(({ n }, index) => n === index + 1)).toBe(true)
  })

  it("says when a line is too long to be told, and stops reading there", async () => {
    await line.launch("a", `head -c 9000000 /dev/zero | tr '\\0' 'x'; echo; ${echo}`)
    await line.ask("attach", { treeId: treeOf("a"), after: 0 })
    const { seen } = await until(() => line.tellsOf("overlong")[0], { what: "overlong", withinMillis: soon })
    expect(seen.bytes).toBeGreaterThan(8 * 1024 * 1024)
    expect((await line.stop("a")).outcome).toBe("gone")
  })

  it("takes back what an agent never reads before it grows without end", async () => {
    await line.launch("a", "exec sleep 900")
    const lines = Array.from({ length: 7 }, () => "y".repeat(1024 * 1024))
    const writes = [1, 2, 3].map(() => line.refusal("write", { treeId: treeOf("a"), lines, bookmark: null }).catch(() => null))
    expect((await writes[2])?.tag).toBe("too-large")
    await line.stop("a", { from: "kill" })
    await Promise.all(writes)
  })

  it.each([
    ["a folder that is not there", { cwd: "/nowhere" }, "bad-folder"],
    ["a folder that is a file", { cwd: "/etc/passwd" }, "bad-folder"],
    ["a folder that is not absolute", { cwd: "." }, "bad-folder"],
    ["a program that is nowhere", { command: "no-such-agent" }, "no-program"],
    ["a program that is a folder", { command: "/tmp" }, "no-program"],
    ["a program without a name", { command: "" }, "no-program"],
    ["an argument with a NUL", { args: ["a\0b"] }, "bad-request"],
  ] as const)("refuses to launch %s, and nothing is left of it", async (_, over, tag) => {
    const refused = await line.launch("bad", "true", over).then(
      () => "launched",
      (error: unknown) => String(error),
    )
    expect(refused).toContain(tag)
    expect((await line.ask("trees", { memory: false })).trees).toEqual([])
    expect(await line.ask("stop", { target: { tree: treeOf("bad") }, reason: "stop", askedBy: "test", from: null })).toBeNull()
  })

  it("refuses a program that may not be executed, with its name", async () => {
    const path = join(bed.home, "agent")
    writeFileSync(path, "#!/bin/sh\n")
    chmodSync(path, 0o600)
    const refused = await line.refusal("launch", { ...launchOf("x"), command: path })
    expect(refused).toMatchObject({ tag: "no-program" })
    expect(refused.message).toContain(path)
  })

  it("launches a tree once", async () => {
    await line.launch("a", "sleep 900")
    expect((await line.refusal("launch", launchOf("a"))).tag).toBe("duplicate")
    await line.stop("a", { from: "kill" })
    expect((await line.refusal("launch", launchOf("a"))).tag).toBe("duplicate")
  })

  it("answers bad frames and lives on", async () => {
    line.raw('{"id":1,\n')
    line.raw(Buffer.from([0xff, 0xfe, 0x0a]))
    line.raw("[]\n")
    line.raw('{"id":"1","ask":"trees"}\n')
    line.raw(`${"x".repeat(9 * 1024 * 1024)}\n`)
    expect((await line.refusal("fly", {})).tag).toBe("bad-request")
    expect((await line.refusal("trees", { memory: 1 })).tag).toBe("bad-request")
    expect((await line.refusal("write", { treeId: treeOf("a"), lines: ["a\nb"], bookmark: null })).tag).toBe("bad-request")
    expect((await line.refusal("attach", { treeId: treeOf("a"), after: 0 })).tag).toBe("unknown-tree")
    expect(line.complaints.map(({ tag }) => tag)).toEqual(["bad-frame", "bad-frame", "bad-frame", "bad-frame", "too-large"])
    expect((await line.ask("trees", { memory: false })).trees).toEqual([])
  })

  it("speaks with one server at a time, of its own version, that has said hello", async () => {
    const other = await dial(join(bed.home, "supervisor.sock"), bed.env)
    expect((await other.refusal("trees", { memory: false })).tag).toBe("bad-request")
    expect((await other.refusal("hello", { version: 99, pid: 1, holdMillis: 0 })).tag).toBe("wrong-version")
    expect((await other.refusal("hello", { version: supervisorVersion, pid: 1, holdMillis: 0 })).tag).toBe("busy")
    line.drop()
    await until(() => other.ask("hello", { version: supervisorVersion, pid: 1, holdMillis: 5000 }).catch(() => undefined), {
      what: "the line",
      withinMillis: soon,
    })
    other.drop()
  })

  it("leaves a home to the supervisor that has it", async () => {
    const { code, said } = await lastWordsOf(bed.start())
    expect(code).toBe(5)
    expect(said).toContain(`pid ${line.hello.pid}`)
    expect(readProcess(line.hello.pid)).toHaveLength(1)
  })

  it("runs a short command with its output, and ends it at its time", async () => {
    const run = { args: [], cwd: "/", env: bed.env, timeoutMillis: 5000 }
    expect(await line.ask("run", { ...run, command: "sh", args: ["-c", "echo out; echo err >&2; exit 4"] })).toEqual({
      code: 4,
      stdout: "out\n",
      stderr: "err\n",
      timedOut: false,
    })
    const late = await line.ask("run", {
      ...run,
      command: "sh",
      args: ["-c", 'exec 9>"$CORRAL_TEST_PIPE"; echo begun; sleep 900'],
      timeoutMillis: 300,
    })
    expect(late).toMatchObject({ code: null, stdout: "begun\n", timedOut: true })
    expect((await line.refusal("run", { ...run, command: "no-such-program" })).tag).toBe("no-program")
    const cut = await line.ask("run", { ...run, command: "sh", args: ["-c", "yes | head -c 3000000"] })
    expect(cut.stdout).toHaveLength(1024 * 1024)
    await until(() => line.ask("trees", { memory: false }).then(({ trees }) => trees.length === 0 || undefined), {
      what: "no trees",
      withinMillis: soon,
    })
  })

  it("shows each process of a tree, root first, with what it weighs", async () => {
    const { pid } = await line.launch("a", "sleep 900 & sleep 900")
    const { seen: view } = await until(
      async () => {
        const [tree] = (await line.ask("trees", { memory: true })).trees
        return tree?.processes.filter(({ command }) => command === "sleep 900").length === 2 ? tree : undefined
      },
      { what: "the root and two that sleep", withinMillis: soon },
    )
    expect(view).toMatchObject({ treeId: treeOf("a"), sessions: [sessionOf("a")], state: "running", rung: null, rootPid: pid })
    expect(view.processes[0]?.pid).toBe(pid)
    expect(view.processes).toHaveLength(3)
    expect(view.memoryBytes).toBeGreaterThan(view.processes.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0))
  })

  const launchOf = (name: string) => ({
    treeId: treeOf(name),
    session: sessionOf(name),
    provider: "test",
    command: "sh",
    args: ["-c", "sleep 900"],
    cwd: "/",
    env: bed.env,
    farewell: [],
    budgets: null,
  })
})

describe("a home that cannot be one", () => {
  it("is refused with its name when a socket's path in it would be too long", async () => {
    const bed = makeBed()
    const home = join(bed.home, "x".repeat(100))
    const { code, said } = await lastWordsOf(bed.start({ home }))
    expect(code).toBe(2)
    expect(said).toContain(home)
    await bed.end()
  })

  it("is refused when it belongs to somebody else", async (context) => {
    if (process.getuid?.() !== 0) return context.skip("only root can make a folder of somebody else")
    const bed = makeBed()
    mkdirSync(bed.home)
    chownSync(bed.home, 65_534, 65_534)
    const { code, said } = await lastWordsOf(bed.start())
    expect(code).toBe(2)
    expect(said).toContain("another user")
    await bed.end()
  })
})
