// corral doctor: who is on this machine, and the end of those that are named and of nobody else. Real processes, the built command line.
import { spawn, spawnSync } from "node:child_process"
import { chmodSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { EndPlan, EndReport, Found, Survey } from "@corral/contracts/survey"
import { until } from "../agents/deadline.ts"
import { descendantsOf, isAlive, readProcess, type MachineProcess } from "../agents/machine.ts"
import { makePretenders, secret, type Pretenders } from "../agents/pretenders.ts"
import { makeTerminal, type Said, type Terminal, type Typed } from "./terminal.ts"

const withinMillis = 20_000
const isRoot = process.getuid?.() === 0
const nobody = 65_534
/** Then all that is started here belongs to that Corral, and is refused for that reason. */
const isInCorral = !/^Max file locks +unlimited/m.test(readFileSync("/proc/self/limits", "utf8"))

let terminal: Terminal
let pretenders: Pretenders

beforeAll(() => {
  terminal = makeTerminal()
})
afterAll(() => terminal.end())
beforeEach(() => {
  pretenders = makePretenders()
})
afterEach(() => pretenders.end())

const doctor = (words: readonly string[] = [], typed: Typed = {}) => terminal.corral(["doctor", ...words], typed)
const json = <A>({ out }: Said): A => JSON.parse(out)
const found = async (pid: number | undefined, typed: Typed = {}): Promise<Found | undefined> => {
  const survey = json<Survey>(await doctor(["--json"], typed))
  return survey.found.find((each) => each.pid === pid)
}
const pidsOf = (processes: readonly MachineProcess[]) => processes.map(({ pid }) => pid).toSorted((one, other) => one - other)
const living = (processes: readonly MachineProcess[]) => processes.filter(isAlive).length

describe.skipIf(isInCorral)("the list", () => {
  it("has an agent with its MCP server: age, memory of the whole tree, and no secret", async () => {
    const tree = await pretenders.start("codex", ["exec", "--token", secret], { count: 3 })
    const [root] = tree
    const server = tree.find(({ command }) => command.includes("mcp-server"))
    const said = await doctor(["--json"])
    expect(said).toMatchObject({ code: 0, err: "" })
    const survey = json<Survey>(said)
    expect(survey).toMatchObject({ memory: "shared-once" })
    const of = (process?: MachineProcess) => survey.found.find(({ pid }) => pid === process?.pid)
    expect(of(root)).toMatchObject({ kind: "agent", name: "codex", within: null, owner: { kind: "app" }, isOtherUsers: false })
    expect(of(root)?.pids.toSorted((one, other) => one - other)).toEqual(pidsOf(tree))
    expect(of(server)).toMatchObject({ kind: "mcp", name: "mcp-server-notes", within: root?.pid, owner: { kind: "agent", pid: root?.pid } })
    expect(of(root)?.memoryBytes).toBeGreaterThan(of(server)?.memoryBytes ?? Infinity)
    expect(survey.memoryBytes).toBeGreaterThanOrEqual(of(root)?.memoryBytes ?? Infinity)
    const text = await doctor()
    expect(text.out).toMatch(/\d+ coding agents?, \d+ MCP servers?: \d+ processes, .*\n/)
    expect(text.out).toMatch(/└ mcp-server-notes \(MCP\)/)
    expect(said.out + text.out).not.toContain(secret)
  })

  it("says that an orphan is one, and how it could be ended", async () => {
    const [orphan] = await pretenders.startOrphan("claude", "900")
    expect(await found(orphan?.pid)).toMatchObject({ name: "claude", owner: { kind: "orphan" } })
    const { out } = await doctor()
    expect(out).toMatch(/orphans?, .*: whoever started them is gone/)
    expect(out).toMatch(new RegExp(`corral doctor --end .*\\b${orphan?.pid}\\b`))
  })

  it("is made without a server, starts none, and leaves nothing in a home", async () => {
    expect((await doctor()).code).toBe(0)
    expect(terminal.sign()).toBeUndefined()
    expect(spawnSync("ls", ["-A", terminal.home], { encoding: "utf8" }).stdout).toBe("")
  })

  it("can be made by ps alone, as on macOS, and then says that memory is RSS", async () => {
    const tree = await pretenders.start("codex", ["exec"], { count: 3 })
    const typed = { env: { CORRAL_TIER: "ps" } }
    expect(json<Survey>(await doctor(["--json"], typed)).memory).toBe("resident")
    expect((await found(tree[0]?.pid, typed))?.pids.toSorted((one, other) => one - other)).toEqual(pidsOf(tree))
    expect((await doctor([], typed)).out).toContain("RSS")
  })
})

describe.skipIf(isInCorral)("--end", () => {
  it("ends the named with all below it, says what that was, and leaves one that is just like it alone", async () => {
    const [tree, bystander] = [
      await pretenders.start("codex", ["exec"], { count: 3 }),
      await pretenders.start("codex", ["exec"], { count: 3 }),
    ]
    const said = await doctor(["--end", String(tree[0]?.pid), "--yes", "--json"])
    expect(said.code).toBe(0)
    const { plan, report } = json<{ readonly plan: EndPlan; readonly report: EndReport }>(said)
    expect(plan.ends.map(({ pid }) => pid).toSorted((one, other) => one - other)).toEqual(pidsOf(tree))
    expect(report).toMatchObject({ outcome: "gone", left: [], refused: [] })
    expect([living(tree), living(bystander)]).toEqual([0, 3])
    expect(said.out + said.err).not.toContain(secret)
  })

  it("shows it to people, and ends several at once", async () => {
    const [orphan] = await pretenders.startOrphan("claude", "900")
    const [agent] = await pretenders.start("claude", ["901"])
    const [bystander] = await pretenders.startOrphan("claude", "902")
    const said = await doctor(["--end", String(orphan?.pid), String(agent?.pid), "--yes"])
    expect(said).toMatchObject({ code: 0, err: "" })
    expect(said.out).toMatch(
      /^to be ended: 2 processes, .*\n( *\d+ +.* claude 90[01]\n){2}( +.* shared files, counted once\n)?gone: 2 signalled, .* freed, 0 left, seen at /,
    )
    expect([orphan, agent, bystander].map((one) => one !== undefined && isAlive(one))).toEqual([false, false, true])
  })

  it("kills what does not hear TERM", async () => {
    const tree = await pretenders.start("gemini", [], { count: 2 })
    const { code, out } = await doctor(["--end", String(tree[0]?.pid), "--yes"])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/signalled, [12] of them by KILL, .* 0 left/) })
    expect(living(tree)).toBe(0)
  })

  it("works by ps alone", async () => {
    const tree = await pretenders.start("codex", ["exec"], { count: 3 })
    const said = await doctor(["--end", String(tree[0]?.pid), "--yes"], { env: { CORRAL_TIER: "ps" } })
    expect(said).toMatchObject({ code: 0, out: expect.stringContaining("0 left") })
    expect(living(tree)).toBe(0)
  })

  it("ends nothing where nobody is there to ask", async () => {
    const [agent] = await pretenders.start("claude", ["900"])
    const said = await doctor(["--end", String(agent?.pid)], { input: "y\n" })
    expect(said).toMatchObject({ code: 1, err: expect.stringMatching(/^Unconfirmed: 1 process would be ended.* --yes\n$/) })
    expect(agent !== undefined && isAlive(agent)).toBe(true)
  })

  it.each([
    ["n", 1],
    ["", 1],
    ["\u0003", 1],
    ["\u0004", 1],
    ["y", 0],
  ])("asks on a terminal, where %j leaves %i", async (answer, left) => {
    const [agent] = await pretenders.start("claude", ["900"])
    const words = `'${process.execPath}' '${join(import.meta.dirname, "../../apps/cli/bin/corral.js")}' doctor --end ${agent?.pid}`
    const asked = spawn("script", ["-qec", words, "/dev/null"], { env: { PATH: "/usr/bin:/bin", CORRAL_HOME: terminal.home } })
    let screen = ""
    asked.stdout.on("data", (piece) => (screen += String(piece)))
    await until(() => screen.includes("[y/N]") || undefined, { what: "the question", withinMillis, instead: () => screen })
    expect(screen).toContain("claude 900")
    asked.stdin.write(`${answer}\r`)
    await until(() => asked.exitCode ?? undefined, { what: "the end of doctor", withinMillis, instead: () => screen })
    expect(asked.exitCode).toBe(left)
    expect(pretenders.living()).toHaveLength(left)
  })
})

describe.skipIf(isInCorral)("--end refuses, and ends nothing", () => {
  const refused = async (pids: readonly (number | undefined)[]) => {
    const said = await doctor(["--end", ...pids.map(String), "--yes"])
    expect(said).toMatchObject({ out: "" })
    expect(said.err).toMatch(/Nothing was ended\.\n$/)
    return said
  }

  it("init, itself and who is above it", async () => {
    for (const pid of [1, process.pid]) expect(await refused([pid])).toMatchObject({ code: 1, err: expect.stringMatching(/^Protected: /) })
  })

  it("who is no agent, no MCP server and below none; also together with one that is", async () => {
    const [agent] = await pretenders.start("claude", ["900"])
    const [sleep] = await pretenders.seen(spawn("sleep", ["903"], { stdio: "ignore" }).pid ?? 0, 1)
    expect((await refused([agent?.pid, sleep?.pid])).err).toMatch(/^NotListed: pid \d+: sleep 903 is no coding agent/)
    expect([agent, sleep].map((one) => one !== undefined && isAlive(one))).toEqual([true, true])
  })

  it("who is not there", async () => {
    expect(await refused([4_194_303])).toMatchObject({ code: 3, err: expect.stringMatching(/^NotFound: /) })
  })

  it.each([["x"], ["0"], ["-5"], ["1.5"]])("%s, which is no pid", async (word) => {
    expect(await doctor(["--end", word, "--yes"])).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/^Usage: /) })
  })

  it.skipIf(!isRoot)("another user's", async () => {
    chmodSync(pretenders.folder, 0o755)
    const [other] = await pretenders.start("claude", ["900"], { uid: nobody })
    expect(await found(other?.pid)).toMatchObject({ isOtherUsers: true })
    expect((await refused([other?.pid])).err).toMatch(/^Denied: /)
    expect(other !== undefined && isAlive(other)).toBe(true)
  })

  it("what `corral run` holds, and its own supervisor, with what to do instead", async () => {
    const run = spawn(process.execPath, [join(import.meta.dirname, "../../apps/cli/bin/corral.js"), "run", "--", "./claude", "900"], {
      env: { PATH: `${pretenders.folder}:/usr/bin:/bin`, CORRAL_HOME: terminal.home },
      cwd: pretenders.folder,
      stdio: "ignore",
    })
    const claudes = () => descendantsOf([run.pid ?? 0]).filter(({ command }) => /^\S*claude 900$/.test(command))
    const { seen: claude } = await until(() => claudes()[0], { what: "the command", withinMillis })
    await pretenders.seen(claude.pid, 1)
    const above = await pretenders.seen(run.pid ?? 0, 3)
    expect(await found(claude.pid)).toMatchObject({ owner: { kind: "corral", name: terminal.home } })
    expect((await refused([claude.pid])).err).toContain("Ctrl-C where that `corral run` was started")
    const supervisor = above.find(({ command }) => command.includes("supervisor.mjs run"))
    expect((await refused([supervisor?.pid])).err).toContain("that is Corral's corral run")
    expect(isAlive(claude)).toBe(true)
    run.kill("SIGTERM")
    await until(() => !isAlive(claude) || undefined, { what: "the end of the run", withinMillis })
  })

  it("a session of Corral's, and Corral itself: it names the command that proves the end", async () => {
    const words = ["--project", terminal.project, "--provider", "practice", "--mode", "full", "--json"]
    const { threadId } = json<{ readonly threadId: string }>(await terminal.corral(["thread", "new", ...words]))
    expect((await terminal.corral(["send", threadId, "--wait", "say hello"])).code).toBe(0)
    const ps = json<{ readonly trees: readonly { readonly rootPid: number }[] }>(await terminal.corral(["ps", "--json"]))
    const pid = ps.trees[0]?.rootPid ?? 0
    const next = `CORRAL_HOME=${terminal.home} corral thread stop ${threadId}`
    expect(await found(pid)).toMatchObject({ kind: "agent", name: "practice", owner: { kind: "corral", name: terminal.home, next } })
    const said = await refused([pid])
    expect(said.err).toMatch(/^Corrals: /)
    expect(said.err).toContain(`Next: ${next}`)
    const server = terminal.sign()?.pid ?? 0
    const own = descendantsOf([server]).filter(({ command }) => /supervisor\.mjs (?:serve|sweep)/.test(command))
    expect(own).toHaveLength(2)
    for (const each of [server, ...own.map((one) => one.pid)])
      expect((await refused([each])).err).toMatch(/Next: CORRAL_HOME=\S+ corral stop/)
    expect(readProcess(pid)).toHaveLength(1)
    expect((await terminal.corral(["thread", "stop", threadId])).code).toBe(0)
    expect(readProcess(pid)).toHaveLength(0)
  })
})
