// What every tier of containment must do, as one suite over the port, with the holes that a tier has as facts of their own: what it misses is
// expected to be missed, so that a tier that becomes better is noticed too. A tier that this machine does not give is left out, and says why.
import { existsSync, mkdirSync, readlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { Containment, Sighted } from "../../apps/supervisor/src/platform/containment.ts"
import { startCanaries, type Canaries } from "../agents/canaries.ts"
import { until, within } from "../agents/deadline.ts"
import { descendantsOf, isAlive, type MachineProcess } from "../agents/machine.ts"
import { startOracle, type Oracle } from "../agents/oracle.ts"
import { makeScratch } from "../agents/scratch.ts"
import { hoppingKinds, zooShell } from "../agents/zoo.ts"
import { containmentOf, endMissed, holdTree, type HeldTree } from "./held-tree.ts"
import { makeBed, type Bed } from "./supervised.ts"

const upWithinMillis = 20_000
const stays = "while :; do sleep 1; done"

interface Escape {
  readonly name: string
  readonly shell: string
  /** Whether this process is what it wanted to become. */
  readonly isUp: (one: MachineProcess, root: number) => boolean
}

const isBelow: Escape["isUp"] = ({ command }) => command.startsWith("perl")
const isDaemon: Escape["isUp"] = ({ pid, sid, command }, root) => /^\S*perl/.test(command) && sid !== pid && sid !== root && sid !== 0

/** Without its token, its environment, its parents and its session: nothing is left that it could be known by from outside. */
const shedding = `prlimit --locks=1:1 --rss=1:1 ${zooShell(["daemon-without-environment"])}`
const escapes: readonly Escape[] = [
  { name: "a child", shell: zooShell(["plain"]), isUp: isBelow },
  { name: "one in a session of its own", shell: zooShell(["own-session"]), isUp: (one, root) => isBelow(one, root) && one.pid === one.sid },
  { name: "one that is deaf to TERM", shell: zooShell(["deaf-to-term"]), isUp: isBelow },
  { name: "one that was renamed over its environment", shell: zooShell(["renamed"]), isUp: ({ command }) => command.startsWith("ttt") },
  { name: "one that cannot be dumped", shell: zooShell(["non-dumpable"]), isUp: isBelow },
  { name: "an orphan", shell: zooShell(["orphan"]), isUp: (one, root) => isBelow(one, root) && one.ppid !== root },
  { name: "a daemon", shell: zooShell(["daemon"]), isUp: isDaemon },
  {
    name: "a daemon without environment",
    shell: zooShell(["daemon-without-environment"]),
    isUp: (one, root) => isDaemon(one, root) && one.command.endsWith("deaf-to-term"),
  },
  {
    name: "a daemon that has shed everything",
    shell: shedding,
    isUp: (one, root) => isDaemon(one, root) && one.command.endsWith("deaf-to-term"),
  },
]

interface Tier {
  readonly wish: string
  readonly tier: string
  /** Names of escapes that it cannot find. */
  readonly misses: readonly string[]
}

const tiers: readonly Tier[] = [
  { wish: "token", tier: "linux-token", misses: ["a daemon that has shed everything"] },
  { wish: "sealed", tier: "linux-sealed", misses: [] },
  { wish: "cgroup", tier: "linux-cgroup", misses: [] },
  { wish: "plain", tier: "linux-plain", misses: ["a daemon without environment", "a daemon that has shed everything"] },
  { wish: "ps", tier: "linux-ps", misses: ["a daemon", "a daemon without environment", "a daemon that has shed everything"] },
]

describe.skipIf(process.platform !== "linux").each(tiers)("the tier $tier", ({ wish, tier, misses }) => {
  const found = containmentOf(wish, tier)
  if (typeof found === "string") return it.skip(`is not to be had here: ${found}`)
  port(found, misses)
  if (tier === "linux-sealed") sealed(found)
  if (tier === "linux-cgroup") leaves(found)
  return owner(wish, tier)
})

/** A scratch, a judge and bystanders for each test. */
const useGround = () => {
  const ground: { scratch: ReturnType<typeof makeScratch>; oracle: Oracle; canaries: Canaries } = Object.create(null)
  beforeEach(async () => {
    ground.scratch = makeScratch()
    ground.oracle = startOracle(ground.scratch.folder)
    ground.canaries = await startCanaries(ground.scratch.folder, { treeId: "tre_canary", home: ground.scratch.folder })
  })
  afterEach(async () => {
    const harmed = ground.canaries.harmed()
    await ground.canaries.end()
    // What a broken tier leaves must not outlive its test.
    await ground.oracle.pipeEmpty(upWithinMillis).finally(() => endMissed(ground.oracle.holders()))
    ground.oracle.close()
    ground.scratch.drop()
    expect(harmed).toEqual([])
  })
  return ground
}

/** Who cannot be dumped does not show what it holds to anybody but root, but whose child it is. */
const grown = async (tree: HeldTree, oracle: Oracle, { name, isUp }: Escape): Promise<void> => {
  const root = tree.child.pid ?? 0
  const seen = () => [...oracle.holders(), ...descendantsOf([root])]
  const look = () => seen().find((one) => one.pid !== root && isUp(one, root))
  await until(look, { what: name, withinMillis: upWithinMillis, instead: () => JSON.stringify(seen()) })
}

function port(containment: Containment, misses: readonly string[]): void {
  const ground = useGround()
  const begin = (shell: string) => holdTree(containment, ground.oracle, { shell })

  it.each(
    escapes.map((escape) => [misses.includes(escape.name) ? "misses, as is said of it," : "finds and ends", escape.name, escape] as const),
  )("%s %s", async (_, name, escape) => {
    const { oracle, canaries } = ground
    const tree = await begin(`${escape.shell} ${stays}`)
    await grown(tree, oracle, escape)
    const listed = (await tree.members()).map(({ pid }) => pid)
    expect(listed.filter((pid) => canaries.pids.includes(pid) || pid === process.pid)).toEqual([])
    await tree.empty()
    // The list says that nobody is there; the pipe says whether that is so.
    expect(oracle.isHeld()).toBe(misses.includes(name))
    if (misses.includes(name)) endMissed(oracle.holders())
  })

  it.skipIf(misses.includes("a daemon"))("ends those who are between two pids whenever one looks", async () => {
    const tree = await begin(`${zooShell(hoppingKinds)} echo up; ${stays}`)
    await until(async () => ((await tree.members()).length > 1 ? true : undefined), { what: "hoppers", withinMillis: upWithinMillis })
    await tree.empty()
    expect(ground.oracle.isHeld()).toBe(false)
  })

  it("passes input, output, complaints and the exit code through", async () => {
    const tree = await begin("read -r line; echo got $line; echo aside >&2; exit 7")
    tree.child.stdin?.write("this\n")
    const { code, output } = await tree.ended
    expect(code).toBe(7)
    expect(output).toContain("got this\n")
    expect(output).toContain("! aside\n")
    await tree.empty()
  })

  it("lets the agent hear the end of its input", async () => {
    const tree = await begin("cat; exit 4")
    tree.child.stdin?.end("all\n")
    expect(await tree.ended).toMatchObject({ code: 4, output: "all\n" })
    await tree.empty()
  })

  it("lets the agent hear TERM, and leave with a code of its own", async () => {
    const tree = await begin(`trap 'echo heard; exit 3' TERM; echo up; while :; do sleep 0.05; done`)
    let heard = ""
    tree.child.stdout?.on("data", (chunk: string) => (heard += chunk))
    await until(() => heard.includes("up") || undefined, { what: "an agent", withinMillis: upWithinMillis })
    for (const member of await tree.members()) containment.signal(member, "SIGTERM")
    const { code, output } = await within(tree.ended, { what: "its end", withinMillis: upWithinMillis })
    expect({ code, isHeard: output.includes("heard") }).toEqual({ code: 3, isHeard: true })
    await tree.empty()
  })

  it("tells of an agent that was killed", async () => {
    const tree = await begin("kill -9 $$")
    expect((await tree.ended).code).toBe(137)
    await tree.empty()
  })

  it("proves again who it is before it signals", async () => {
    const { canaries } = ground
    const tree = await begin(stays)
    const [member] = await tree.members()
    if (member === undefined) throw new Error("nobody was seen")
    const forged = canaries.pids.flatMap((pid) => containment.identify(pid) ?? []).map((row): Sighted => ({ ...member, ...row }))
    expect(forged).toHaveLength(canaries.pids.length)
    for (const one of forged) expect([containment.signal(one, "SIGKILL"), containment.killGroup(one)]).toEqual(["not-ours", "not-ours"])
    expect(containment.signal({ ...member, start: member.start - 1 }, "SIGKILL")).toBe("gone")
    await tree.empty()
    expect(containment.signal(member, "SIGKILL")).toBe("gone")
  })
}

/** What the kernel does by itself. */
function sealed(containment: Containment): void {
  const ground = useGround()

  const zoo = zooShell(["daemon-without-environment", "deaf-to-term"])
  const begin = (shell: string, owner: readonly string[] = []) => holdTree(containment, ground.oracle, { shell, owner })
  const up = () =>
    until(() => ground.oracle.holders().length >= 4 || undefined, {
      what: "a tree",
      withinMillis: upWithinMillis,
      instead: () => JSON.stringify(ground.oracle.holders()),
    })

  it("ends with its agent, before anybody hears that it has left", async () => {
    const tree = await begin(`${zoo} ${shedding} sleep 0.3; exit 5`)
    expect((await tree.ended).code).toBe(5)
    expect(ground.oracle.isHeld()).toBe(false)
  })

  it("ends with what holds it, without a look of anybody", async () => {
    const tree = await begin(`${zoo} ${shedding} ${stays}`)
    await up()
    tree.child.kill("SIGKILL")
    await ground.oracle.pipeEmpty(upWithinMillis)
  })

  it("ends with whoever started it, without a watcher and without a sweep", async () => {
    const tree = await begin(`${zoo} ${shedding} ${stays}`, ["/bin/sh", "-c", '"$@"; :', "sh"])
    await up()
    tree.child.kill("SIGKILL")
    await ground.oracle.pipeEmpty(upWithinMillis)
  })

  it("is told by what it holds", async () => {
    const tree = await begin(stays)
    await until(async () => (await tree.members()).length >= 3 || undefined, { what: "a sealed agent", withinMillis: upWithinMillis })
    const commands = (await tree.members()).map((member) => containment.commandOf(member))
    expect(commands.filter((command) => command.startsWith("seal of /bin/sh -c exec 9>"))).toHaveLength(2)
    expect(commands.filter((command) => command.startsWith("/bin/sh -c exec 9>"))).toHaveLength(1)
    await tree.empty()
  })

  it("is a world of its own: other processes have no number there", async () => {
    const tree = await begin(`readlink /proc/self/ns/pid; ls -d /proc/${process.pid}`)
    const { output } = await tree.ended
    expect(output).toMatch(/^pid:\[\d+\]\n/m)
    expect(output).not.toContain(readlinkSync("/proc/self/ns/pid"))
    expect(output).not.toMatch(/^\/proc\/\d+$/m)
  })
}

function leaves(containment: Containment): void {
  const ground = useGround()

  it("has a cgroup while it lives, and none afterwards, however it was divided", async () => {
    const tree = await holdTree(containment, ground.oracle, { shell: stays })
    const leaf = tree.mark.leaf ?? ""
    await until(() => ground.oracle.isHeld() || undefined, { what: "an agent", withinMillis: upWithinMillis })
    const part = join(leaf, "part")
    mkdirSync(part)
    writeFileSync(join(part, "cgroup.procs"), String(tree.child.pid))
    containment.dropLeaf(leaf)
    expect(existsSync(part)).toBe(true)
    await tree.empty()
    expect(existsSync(leaf)).toBe(false)
  })

  it("names who is known by nothing else", async () => {
    const escape = escapes.at(-1)
    if (escape === undefined) throw new Error("there are no escapes")
    const tree = await holdTree(containment, ground.oracle, { shell: `${escape.shell} ${stays}` })
    await grown(tree, ground.oracle, escape)
    expect((await tree.members()).map(({ evidence }) => evidence)).toContain("cgroup")
    await tree.empty()
  })
}

/** The same by the whole supervisor: its ladder, and its own death. */
function owner(wish: string, tier: string): void {
  let bed: Bed
  beforeAll(() => {
    bed = makeBed()
  })
  afterAll(() => bed.end())
  const zoo = zooShell(["plain", "own-session", "deaf-to-term"])

  it("certifies a stop under its name", async () => {
    bed.start({ env: { CORRAL_TIER: wish } })
    const line = await bed.dial()
    expect(line.hello).toMatchObject({ tier, tierWish: wish })
    await line.launch("stopped", `${zoo} ${stays}`)
    expect(await line.stop("stopped")).toMatchObject({ outcome: "gone", left: 0, tier })
    expect(bed.oracle.isHeld()).toBe(false)
    line.drop()
  })

  it("ends everything when its owner is killed", async () => {
    const supervisor = bed.start({ env: { CORRAL_TIER: wish }, home: `${bed.home}2` })
    const line = await bed.dial(30_000, `${bed.home}2`)
    await line.launch("lost", `${zoo} ${stays}`)
    await until(() => (bed.oracle.holders().length >= 4 ? true : undefined), { what: "a tree", withinMillis: upWithinMillis })
    const held = bed.oracle.holders()
    supervisor.kill("SIGKILL")
    await bed.oracle.pipeEmpty(upWithinMillis)
    expect(held.filter(isAlive)).toEqual([])
  })
}
