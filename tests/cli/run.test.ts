// corral run: any command in the foreground, and nothing of it afterwards; by the built command line, and no server anywhere.
import { spawn, type ChildProcess } from "node:child_process"
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { text } from "node:stream/consumers"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { startCanaries, type Canaries } from "../agents/canaries.ts"
import { until, within } from "../agents/deadline.ts"
import { descendantsOf, readProcess } from "../agents/machine.ts"
import { startOracle, type Oracle } from "../agents/oracle.ts"
import { makeScratch } from "../agents/scratch.ts"
import { restingKinds, zooShell } from "../agents/zoo.ts"

const launcher = join(import.meta.dirname, "../../apps/cli/bin/corral.js")
const doneWithinMillis = 30_000

describe("corral run", () => {
  let scratch: ReturnType<typeof makeScratch>
  let oracle: Oracle
  let canaries: Canaries
  let home: string

  beforeEach(async () => {
    scratch = makeScratch()
    home = join(scratch.folder, "home")
    mkdirSync(home)
    oracle = startOracle(scratch.folder)
    canaries = await startCanaries(scratch.folder, { treeId: "tre_canary", home })
  })
  afterEach(async () => {
    await oracle.pipeEmpty(doneWithinMillis)
    expect(canaries.harmed()).toEqual([])
    await canaries.end()
    await oracle.nothingLeft(doneWithinMillis)
    expect(readdirSync(join(home, "runs"))).toEqual([])
    oracle.close()
    scratch.drop()
  })

  const begin = (words: readonly string[]): ChildProcess => {
    const env = {
      PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(":"),
      HOME: scratch.folder,
      CORRAL_HOME: home,
      PIPE: oracle.pipe,
    }
    return spawn(process.execPath, [launcher, "run", ...words], { env, cwd: scratch.folder, stdio: ["pipe", "pipe", "pipe"] })
  }
  const end = async (child: ChildProcess) => {
    const { stdout, stderr } = child
    if (stdout === null || stderr === null) throw new Error("its words are wanted")
    const exit = new Promise<number | null>((resolve) => child.on("exit", (code, signal) => resolve(signal === null ? code : null)))
    const all = Promise.all([text(stdout), text(stderr), exit])
    const [out, err, code] = await within(all, { what: "the end of corral run", withinMillis: doneWithinMillis })
    return { out, err, code }
  }
  const run = (words: readonly string[], input = "") => {
    const child = begin(words)
    child.stdin?.end(input)
    return end(child)
  }
  const shell = (script: string): readonly string[] => ["--", "sh", "-c", `exec 9>"$PIPE"; ${script}`]
  const grown = (count: number) =>
    until(() => oracle.holders().length >= count || undefined, {
      what: `${count} processes`,
      withinMillis: doneWithinMillis,
      instead: () => JSON.stringify(oracle.holders()),
    })

  it("is the command: its input, its output, its words on stderr and its exit code", async () => {
    const said = await run(shell("read -r line; echo got $line; echo aside >&2; exit 7"), "this\n")
    expect(said).toMatchObject({ code: 7, out: "got this\n" })
    expect(said.err).toMatch(/^aside\ncorral run: gone: nothing was left to end, 0 left \(\d+ ms\)\n$/)
  })

  it("passes the command's own options on as they are", async () => {
    expect(await run(["--", "echo", "--json", "--idle", "x"])).toMatchObject({ code: 0, out: "--json --idle x\n" })
    expect(await run(["echo", "-n", "without dashes"])).toMatchObject({ code: 0, out: "without dashes" })
  })

  it("leaves nothing of what the command left behind, and keeps the record where it is asked to", async () => {
    const file = join(scratch.folder, "certificate.json")
    const said = await run(["--certificate", file, ...shell(`${zooShell(restingKinds)} sleep 0.5`)])
    expect(said.code).toBe(0)
    await oracle.pipeEmpty(0)
    expect(said.err).toMatch(/corral run: gone: \d+ ended by signal/)
    const certificate: { readonly killed: readonly unknown[] } = JSON.parse(readFileSync(file, "utf8"))
    expect(certificate).toMatchObject({ outcome: "gone", left: 0, reason: "exited", provider: "run" })
    expect(certificate.killed.length).toBeGreaterThanOrEqual(restingKinds.length)
  })

  it("ends with the code of the signal that ended the command", async () => {
    expect(await run(shell("kill -9 $$"))).toMatchObject({ code: 128 + 9 })
  })

  it("stops everything when it is asked to end, also what is deaf", async () => {
    const child = begin(shell(`${zooShell(["deaf-to-term", "daemon"])} trap "" TERM; sleep 900 & wait; sleep 900`))
    const ended = end(child)
    await grown(4)
    child.kill("SIGTERM")
    expect((await ended).err).toContain("0 left")
    await oracle.pipeEmpty(0)
  })

  it("that is killed with SIGKILL leaves nothing either: its watcher sees to it", async () => {
    const child = begin(shell(`${zooShell(["daemon-without-environment", "own-session"])} sleep 900`))
    await grown(4)
    const supervisors = descendantsOf([child.pid ?? 0]).filter(({ command }) => command.includes("supervisor.mjs run"))
    expect(supervisors).toHaveLength(1)
    for (const { pid } of supervisors) process.kill(pid, "SIGKILL")
    await oracle.pipeEmpty(doneWithinMillis)
    await until(() => readProcess(child.pid ?? 0).length === 0 || undefined, {
      what: "the end of the launcher",
      withinMillis: doneWithinMillis,
    })
    expect(await run(["true"])).toMatchObject({ code: 0 })
  })

  it("ends what is idle, and what holds too much, with the reason", async () => {
    const idle = await run(["--idle", "2s", ...shell("sleep 900")])
    expect(idle.err).toMatch(/idle for 2 s\ncorral run: gone/)
    expect(idle.code).toBe(128 + 15)
    const greedy = `perl -e '$x = "a" x 200_000_000; sleep 900'`
    const large = await run(["--memory", "100M", ...shell(greedy)])
    expect(large.err).toMatch(/over its memory: \d+ MB of 100 MB\ncorral run: gone/)
  })

  it.each([
    [["nonesuch-program"], 127, /no-?where|nowhere in PATH/],
    [["--idle", "soon", "true"], 2, /^Usage: /],
    [["--memory", "much", "true"], 2, /^Usage: /],
    [[], 2, /^Usage: /],
  ])("corral run %j ends with %i and says why", async (words, code, why) => {
    const said = await run(words)
    expect(said).toMatchObject({ code, out: "" })
    expect(said.err.replace(/^corral run: /, "")).toMatch(why)
    mkdirSync(join(home, "runs"), { recursive: true })
  })

  it("gives the command the terminal it has", async () => {
    const typescript = join(scratch.folder, "typescript")
    writeFileSync(typescript, "")
    const script = spawn(
      "script",
      ["-qec", `'${process.execPath}' '${launcher}' run -- sh -c 'test -t 0 && test -t 1 && echo a terminal'`, typescript],
      {
        env: { PATH: "/usr/bin:/bin", HOME: scratch.folder, CORRAL_HOME: home },
        stdio: ["ignore", "pipe", "pipe"],
      },
    )
    expect((await end(script)).out).toContain("a terminal")
  })
})
