// Stopping: the ladder on real processes that do not want to go. Judged by a pipe that every descendant inherits, never by our own scan.
import { readFileSync } from "node:fs"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { startCanaries } from "../agents/canaries.ts"
import { until } from "../agents/deadline.ts"
import { descendantsOf, readProcess, type MachineProcess } from "../agents/machine.ts"
import { hoppingKinds, restingKinds, zooShell } from "../agents/zoo.ts"
import { makeBed, sessionOf, tokenOf, treeOf, type Bed, type Line } from "./supervised.ts"

const soon = 20_000
/** For an agent that would take its time on a busy machine. */
const patient = { budgets: { eofMillis: 10_000, termMillis: 10_000, killMillis: 10_000 } }
const wait = "while read -r line; do :; done"
const deaf = 'trap "" TERM; while :; do sleep 900; done'
const isInState = (state: string, pid: number): boolean =>
  new RegExp(`^State:\\s+${state}`, "m").test(readFileSync(`/proc/${pid}/status`, "latin1"))

describe("stopping a tree", () => {
  let bed: Bed
  let line: Line

  beforeEach(async () => {
    bed = makeBed()
    bed.start()
    line = await bed.dial()
  })
  afterEach(() => bed.end())

  const members = async (name: string): Promise<string> => {
    const { trees } = await line.ask("trees", { memory: false })
    return (trees.find(({ treeId }) => treeId === treeOf(name))?.processes ?? []).map(({ pid }) => pid).join(" ")
  }
  const grown = (name: string, count: number) => {
    let seen = ""
    const look = async () => {
      seen = await members(name)
      return seen.split(" ").length >= count || undefined
    }
    return until(look, { what: `${count} processes of ${name}`, withinMillis: soon, instead: () => seen })
  }
  /** The zoo has arrived: on its way it still is a shell without its session's mark, and a daemon has another pid each time. */
  const arrived = (root: number, { zoo, daemons }: { readonly zoo: number; readonly daemons: number }) => {
    const isZoo = ({ command }: MachineProcess) => /^\S*perl \S+zoo\.pl \S+$/.test(command)
    const isDaemon = ({ pid, sid }: MachineProcess) => sid !== pid && sid !== root
    const seen = () => bed.oracle.holders().filter(isZoo)
    const look = () => (seen().length === zoo && seen().filter(isDaemon).length === daemons) || undefined
    return until(look, { what: "a zoo that has arrived", withinMillis: soon, instead: () => JSON.stringify(bed.oracle.holders()) })
  }

  it("ends a polite one by EOF alone, long before its time is over", async () => {
    await line.launch("a", wait, patient)
    const certificate = await line.stop("a", { reason: "archive" })
    expect(certificate.rungs[0]?.millis).toBeLessThan(patient.budgets.eofMillis)
    expect(certificate).toMatchObject({
      outcome: "gone",
      left: 0,
      survivors: [],
      killed: [],
      reason: "archive",
      exit: { code: 0, signal: null },
    })
    expect(certificate.rungs.map(({ name, left }) => [name, left])).toEqual([["eof", 0]])
    expect(certificate.freedBytes).toBeGreaterThan(0)
    await bed.oracle.pipeEmpty(0)
  })

  it("ends one that is deaf to EOF and TERM by KILL, and says so", async () => {
    const { pid } = await line.launch("a", deaf)
    await grown("a", 2)
    const certificate = await line.stop("a")
    expect(certificate.rungs.map(({ name }) => name)).toEqual(["eof", "term", "kill"])
    expect(certificate.killed).toContainEqual(expect.objectContaining({ pid, signal: "KILL", evidence: "token" }))
    expect(certificate.exit).toEqual({ code: null, signal: "SIGKILL" })
    expect(line.tellsOf("rung").map(({ rung }) => rung)).toEqual(["eof", "term", "kill"])
    await bed.oracle.pipeEmpty(0)
  })

  it("wakes a stopped process, so that it hears TERM", async () => {
    const { pid } = await line.launch("a", `sh -c 'kill -STOP $$' & kill -STOP $$; ${wait}`, patient)
    const isStopped = () => descendantsOf([pid]).filter((each) => isInState("T", each.pid)).length === 2 || undefined
    await until(isStopped, { what: "two that are stopped", withinMillis: soon })
    const certificate = await line.stop("a", { from: "term" })
    expect(certificate.rungs.map(({ name }) => name)).toEqual(["term"])
  })

  it.each([...restingKinds, ...hoppingKinds])("finds and ends what is %s", async (kind) => {
    await line.launch("a", `${zooShell([kind])} ${wait}`)
    await grown("a", 2)
    const certificate = await line.stop("a")
    await bed.oracle.pipeEmpty(0)
    expect(certificate).toMatchObject({ outcome: "gone", left: 0 })
  })

  it("ends the whole zoo and harms no bystander that looks like it", async () => {
    const canaries = await startCanaries(bed.home, { treeId: treeOf("a"), home: bed.home })
    await line.launch("a", `${zooShell(restingKinds)} ${wait}`)
    await grown("a", restingKinds.length + 1)
    const certificate = await line.stop("a", { from: "kill" })
    await bed.oracle.pipeEmpty(0)
    expect(certificate.outcome).toBe("gone")
    expect(certificate.killed.length).toBeGreaterThan(restingKinds.length)
    expect(canaries.harmed()).toEqual([])
    await canaries.end()
  })

  it("takes what an agent leaves behind when it exits by itself", async () => {
    await line.launch("a", `${zooShell(["daemon", "daemon-without-environment", "own-session", "deaf-to-term"])} sleep 0.3; exit 7`)
    const { seen } = await until(() => line.tellsOf("certificate")[0]?.certificate, { what: "a certificate", withinMillis: soon })
    expect(seen).toMatchObject({ treeId: treeOf("a"), reason: "exited", outcome: "gone", exit: { code: 7, signal: null } })
    expect(seen.rungs[0]?.name).toBe("term")
    await bed.oracle.pipeEmpty(0)
  })

  it("gives the same certificate to all who ask, during and after", async () => {
    await line.launch("a", deaf)
    const target = { session: sessionOf("a") }
    const [one, other] = await Promise.all([line.stop("a"), line.stop("a", { target })])
    const later = await line.stop("a", { target, reason: "delete" })
    expect(new Set([one, other, later].map(({ certificateId }) => certificateId)).size).toBe(1)
    expect(later.reason).toBe("stop")
    expect(await line.ask("certificates", { after: 0 })).toHaveLength(1)
    expect(line.tellsOf("certificate")).toHaveLength(1)
  })

  it("says nothing of a tree or session that never was", async () => {
    const stop = { reason: "stop", askedBy: "test", from: null } as const
    expect(await line.ask("stop", { target: { tree: treeOf("never") }, ...stop })).toBeNull()
    expect(await line.ask("stop", { target: { session: sessionOf("never") }, ...stop })).toBeNull()
  })

  it("hastens when asked again from a later rung", async () => {
    await line.launch("a", deaf, { budgets: { eofMillis: 60_000, termMillis: 60_000, killMillis: 5000 } })
    const slow = line.stop("a")
    await until(() => line.tellsOf("rung")[0], { what: "the first rung", withinMillis: soon })
    const certificate = await line.stop("a", { from: "kill" })
    expect((await slow).certificateId).toBe(certificate.certificateId)
    expect(certificate.rungs.map(({ name }) => name)).toEqual(["eof", "kill"])
  })

  it("stops a tree that is just being launched", async () => {
    const launched = line.launch("a", deaf)
    const certificate = await line.stop("a", { from: "kill" })
    await launched
    expect(certificate.outcome).toBe("gone")
    await bed.oracle.pipeEmpty(0)
  })

  it("stops many at once with one look for all", async () => {
    const names = ["a", "b", "c", "d", "e"]
    for (const name of names) await line.launch(name, `${zooShell(["daemon", "deaf-to-term"])} ${deaf}`)
    const certificates = await Promise.all(names.map((name) => line.stop(name)))
    // All had begun before the first was done.
    const [began, ended] = [certificates.map(({ startedAt }) => startedAt), certificates.map(({ endedAt }) => endedAt)]
    expect(Math.max(...began)).toBeLessThan(Math.min(...ended))
    expect(certificates.every(({ outcome }) => outcome === "gone")).toBe(true)
    await bed.oracle.pipeEmpty(0)
  })

  it("survives a root that kills itself in the middle of a turn", async () => {
    await line.launch("a", `${zooShell(["own-session"])} sleep 0.2; kill -9 $$`)
    const { seen } = await until(() => line.tellsOf("certificate")[0]?.certificate, { what: "a certificate", withinMillis: soon })
    expect(seen).toMatchObject({ outcome: "gone", reason: "exited", exit: { code: null, signal: "SIGKILL" } })
  })

  it("takes one session out of a shared tree and leaves the others at work", async () => {
    const [mine, theirs] = [sessionOf("mine"), sessionOf("theirs")]
    const as = (session: string, shell: string): string => `(export CORRAL_SESSION=${session}; ${shell})`
    const script = `${as(mine, zooShell(["daemon", "deaf-to-term", "own-session"]))}; ${as(theirs, zooShell(["plain", "daemon"]))}; ${zooShell(["daemon-without-environment"])} ${wait}`
    const { pid } = await line.launch("a", script, { session: mine, env: { ...bed.env, CORRAL_SESSION: "" } })
    await line.ask("join", { treeId: treeOf("a"), session: theirs })
    await line.ask("join", { treeId: treeOf("a"), session: theirs })
    await arrived(pid, { zoo: 6, daemons: 3 })
    const isAlone = async () => ((await members("a")).split(" ").length === 7 ? await members("a") : undefined)
    const { seen: before } = await until(isAlone, { what: "nobody else any more", withinMillis: soon })
    const released = await line.stop("a", { target: { session: mine } })
    expect(released).toMatchObject({ outcome: "released", sessions: [mine], left: 0, untagged: 1 })
    expect(released.killed).toHaveLength(3)
    const { processes = [], sessions } = (await line.ask("trees", { memory: false })).trees[0] ?? {}
    expect(sessions).toEqual([theirs])
    const isKilled = (each: number) => released.killed.some((killed) => killed.pid === each)
    expect(processes.map((each) => each.pid)).toEqual(
      before
        .split(" ")
        .map(Number)
        .filter((each) => !isKilled(each)),
    )
    expect(readProcess(pid)).toHaveLength(1)
    expect((await line.stop("a", { target: { session: mine } })).certificateId).toBe(released.certificateId)
    const gone = await line.stop("a", { target: { session: theirs } })
    expect(gone).toMatchObject({ outcome: "gone", sessions: [theirs], left: 0 })
    await bed.oracle.pipeEmpty(0)
  })

  it("ends a stray: a process that took the token along and was not there when its tree was proved gone", async () => {
    const { pid } = await line.launch("a", wait)
    const { seen: limits } = await until(() => tokenOf(pid), { what: "a token", withinMillis: soon })
    await line.stop("a")
    const stray = bed.stray(limits, 'exec 9>"$CORRAL_TEST_PIPE"; exec sleep 900')
    const { seen } = await until(() => line.tellsOf("certificate").find(({ certificate }) => certificate.reason === "stray"), {
      what: "the end of a stray",
      withinMillis: soon,
    })
    expect(seen.certificate).toMatchObject({
      treeId: treeOf("a"),
      outcome: "gone",
      killed: [{ pid: stray.pid, signal: "KILL", evidence: "token" }],
    })
    expect(readProcess(stray.pid ?? 0)).toEqual([])
    expect(line.tellsOf("strays").map(({ count }) => count)).toContain(1)
    expect(await line.ask("sweep", {})).toMatchObject({ complete: true, strays: 0 })
  })
})
