// The living supervisor asked about the whole machine: who is there, what would end, and the end of that and of nobody else.
import { readFileSync } from "node:fs"
import type { Found } from "@corral/contracts/survey"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { until } from "../agents/deadline.ts"
import { descendantsOf, isAlive, type MachineProcess } from "../agents/machine.ts"
import { makePretenders, secret, type Pretenders } from "../agents/pretenders.ts"
import { makeBed, sessionOf, treeOf, type Bed, type Line } from "./supervised.ts"

const withinMillis = 20_000
/** Then all that is started here belongs to that Corral, and is refused for that reason. */
const isInCorral = !/^Max file locks +unlimited/m.test(readFileSync("/proc/self/limits", "utf8"))

describe.skipIf(isInCorral)("a living supervisor", () => {
  let bed: Bed
  let line: Line
  let pretenders: Pretenders

  beforeEach(async () => {
    pretenders = makePretenders()
    bed = makeBed()
    bed.start()
    line = await bed.dial()
  })
  afterEach(async () => {
    await bed.end()
    await pretenders.end()
  })

  const found = async (pid: number | undefined): Promise<Found> => {
    const survey = await line.ask("survey", {})
    const one = survey.found.find((each) => each.pid === pid)
    if (one === undefined) throw new Error(`pid ${pid} is not among ${JSON.stringify(survey.found)}`)
    return one
  }
  const planFor = async (...roots: readonly (MachineProcess | undefined)[]) => {
    const named = await Promise.all(roots.map(async (root) => found(root?.pid)))
    return await line.ask("planEnd", { named: named.map(({ pid, start }) => ({ pid, start })) })
  }
  const sorted = (pids: readonly number[]) => pids.toSorted((one, other) => one - other)
  const pidsOf = (processes: readonly { readonly pid: number }[]) => sorted(processes.map(({ pid }) => pid))
  /** Programs that it has started for this, and that are still there. */
  const oneShots = () => descendantsOf([line.hello.pid]).filter(({ command }) => / (?:survey|end) --home /.test(command))

  it("sees whoever is there, and its own sessions as its own", async () => {
    const tree = await pretenders.start("codex", ["exec"], { count: 3 })
    const { pid } = await line.launch("a", "sleep 900")
    const [survey, agent] = [await line.ask("survey", {}), await found(tree[0]?.pid)]
    expect(agent).toMatchObject({ kind: "agent", name: "codex", owner: { kind: "app", session: null } })
    expect(sorted(agent.pids)).toEqual(pidsOf(tree))
    const owner = { kind: "corral", name: bed.home, session: sessionOf("a"), evidence: `bears its token: tree ${treeOf("a")}` }
    expect(await found(pid)).toMatchObject({ kind: "agent", name: "test", owner })
    expect(JSON.stringify(survey)).not.toContain(secret)
    await until(() => oneShots().length === 0 || undefined, { what: "the end of the looks", withinMillis })
  })

  it("ends what it has shown, and nobody who is just like it", async () => {
    const [tree, bystander] = [
      await pretenders.start("codex", ["exec"], { count: 3 }),
      await pretenders.start("codex", ["exec"], { count: 3 }),
    ]
    const { planId, plan } = await planFor(tree[0])
    expect(pidsOf(plan.ends)).toEqual(pidsOf(tree))
    // Long enough for a plan that did not wait.
    for (let looks = 0; looks < 5; looks += 1) await found(tree[0]?.pid)
    expect([tree, bystander].map((all) => all.filter(isAlive).length)).toEqual([3, 3])
    const report = await line.ask("end", { planId: planId ?? "" })
    expect(report).toMatchObject({ outcome: "gone", left: [], refused: [] })
    expect(pidsOf(report.killed)).toEqual(pidsOf(tree))
    expect([tree, bystander].map((all) => all.filter(isAlive).length)).toEqual([0, 3])
    expect(await line.ask("end", { planId: planId ?? "" })).toEqual(report)
  })

  it("ends nobody who came after the plan and is not below it", async () => {
    const [first] = await pretenders.start("claude", ["900"])
    const { planId } = await planFor(first)
    const [late] = await pretenders.start("claude", ["901"])
    expect(await line.ask("end", { planId: planId ?? "" })).toMatchObject({ outcome: "gone", killed: [{ pid: first?.pid }] })
    expect([first, late].map((one) => one !== undefined && isAlive(one))).toEqual([false, true])
  })

  it("tells the end of a plan to the server that asks again, once the first one has gone", async () => {
    const tree = await pretenders.start("gemini", [], { count: 2 })
    const { planId } = await planFor(tree[0])
    const asked = { planId: planId ?? "" }
    void line.ask("end", asked)
    const isTermed = () => tree.some((one) => !isAlive(one)) || undefined
    await until(isTermed, { what: "TERM to the one that hears it", withinMillis })
    line.drop()
    line = await bed.dial()
    const report = await line.ask("end", asked)
    expect(report).toMatchObject({ outcome: "gone", left: [] })
    expect(report.killed.find(({ pid }) => pid === tree[0]?.pid)).toMatchObject({ signal: "KILL" })
    expect(tree.filter(isAlive)).toEqual([])
  })

  it("plans nothing for who has another's number by now, nor for its own sessions", async () => {
    const [agent] = await pretenders.start("claude", ["900"])
    const { pid, start } = await found(agent?.pid)
    expect(await line.ask("planEnd", { named: [{ pid, start: start - 1 }] })).toMatchObject({
      planId: null,
      plan: { refused: [{ pid, tag: "NotFound" }] },
    })
    const launched = await line.launch("a", "sleep 900")
    expect(await planFor({ ...launched, start: "", ppid: 0, sid: 0, command: "" })).toMatchObject({
      planId: null,
      plan: { refused: [{ pid: launched.pid, tag: "Corrals" }] },
    })
    expect(agent !== undefined && isAlive(agent)).toBe(true)
    await until(() => oneShots().length === 0 || undefined, { what: "the end of the looks", withinMillis })
  })

  it("forgets its plans with itself, and ends nothing then", async () => {
    const [agent] = await pretenders.start("claude", ["900"])
    const { planId } = await planFor(agent)
    // The look that found it leaves in its own time; the one that waits for a word stays.
    const isAlone = () => (oneShots().length === 1 ? oneShots() : undefined)
    const { seen: waiting } = await until(isAlone, { what: "one that waits", withinMillis, instead: () => JSON.stringify(oneShots()) })
    expect(waiting).toMatchObject([{ command: expect.stringContaining(" end --home ") }])
    process.kill(line.hello.pid, "SIGKILL")
    await until(() => !waiting.some(isAlive) || undefined, { what: "the end of the plan", withinMillis })
    bed.start()
    line = await bed.dial()
    expect(await line.refusal("end", { planId })).toMatchObject({ tag: "unknown-plan" })
    expect(agent !== undefined && isAlive(agent)).toBe(true)
  })
})
