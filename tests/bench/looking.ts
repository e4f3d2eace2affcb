// What it costs the supervisor to look at a busy machine: always, and once a second while somebody watches. And how long at one go.
import { setTimeout as pause } from "node:timers/promises"
import { practice } from "../stories/kinds.ts"
import { addProject, createThread, order, send, threadWhen, treesOf } from "../stories/talk.ts"
import { gather } from "./crowd.ts"
import { type Figure, most, round, spread } from "./figure.ts"
import { makeHome } from "./home.ts"
import { startSupervisor } from "./measured-supervisor.ts"
import { cpuMillis } from "./process-cost.ts"

const machineProcesses = 1_000
/** An agent with its MCP servers and what it runs; and one that has run wild. */
const [fewProcesses, manyProcesses] = [20, 100]
const auditMillis = 60_000
const watchMillis = 30_000
const loopMillis = 30_000
/** What the supervisor does at its start and when a tree comes is not what is measured. */
const settleMillis = 6_000
/** The agent, its shell and perl are three of the tree's processes. They end with it, or after ten minutes. */
const crowd = (count: number) => `run perl -e 'for (1 .. ${count - 3}) { fork or do { sleep 600; exit } } sleep 600'`

export const measureLooking = async (): Promise<readonly Figure[]> => {
  const scatter = await gather(machineProcesses)
  const home = makeHome()
  const supervisor = await startSupervisor(home)
  const shareIn = async (millis: number): Promise<number> => {
    const [began, before] = [performance.now(), cpuMillis(supervisor.pid)]
    await pause(millis)
    return (100 * (cpuMillis(supervisor.pid) - before)) / (performance.now() - began)
  }
  try {
    const { client } = await home.start()
    const projectId = await addProject(client, home.project)
    const wake = async (count: number) => {
      const threadId = await createThread(client, projectId, practice.config)
      await send(client, threadId, crowd(count))
      await threadWhen(client, threadId, { what: "the turn", fits: ({ turn }) => turn?.sent === true })
      await pause(settleMillis)
      const [tree] = await treesOf(client, threadId)
      if (tree?.processes.length !== count) throw new Error(`the tree has ${tree?.processes.length} processes, not ${count}`)
      return threadId
    }
    await wake(fewProcesses)
    const audit = await shareIn(auditMillis)
    const audited = await supervisor.loop(() => pause(loopMillis))
    const threadId = await wake(manyProcesses)
    const bigger = await shareIn(watchMillis)
    const looks: number[] = []
    const stop = client.watch("vitals", () => ({}), { item: ({ lookMillis }) => void looks.push(lookMillis) })
    const watched = await shareIn(watchMillis)
    const told = looks.length
    const seen = await supervisor.loop(() => pause(loopMillis))
    stop()
    const archived = await supervisor.loop(async () => {
      await order(client, { _tag: "thread.archive", threadId })
      await threadWhen(client, threadId, { what: "the proof", fits: ({ runtime }) => runtime.state === "asleep" })
    })
    const perLook = ((watched - bigger) / 100) * (watchMillis / told)
    const there = `${machineProcesses} processes on the machine`
    return [
      {
        name: "auditor, of one core",
        unit: "%",
        reached: audit,
        target: most(0.5),
        note: `${there}, ${fewProcesses} in one tree; with ${manyProcesses} more in another ${round(bigger)} %`,
      },
      {
        name: "auditor, longest at one go",
        unit: "ms",
        reached: audited.longest,
        target: most(15),
        note: `p99 ${round(audited.usual)} ms`,
      },
      {
        name: "look while watched, CPU of each",
        unit: "ms",
        reached: perLook,
        target: most(10),
        note: `${round(watched)} % of a core at 1 Hz, ports every fifth time; by its own count ${spread(looks, "ms")}`,
      },
      {
        name: "look while watched, longest at one go",
        unit: "ms",
        reached: seen.longest,
        target: most(15),
        note: `p99 ${round(seen.usual)} ms`,
      },
      {
        name: "stop with its proofs, longest at one go",
        unit: "ms",
        reached: archived.longest,
        target: most(15),
        note: `p99 ${round(archived.usual)} ms; ${manyProcesses} processes ended, each full look reads the whole machine`,
      },
      {
        name: "looks told in that time",
        unit: "",
        reached: told,
        target: { least: watchMillis / 1000 - 2 },
        note: "",
      },
    ]
  } finally {
    await home.end()
    await supervisor.left()
    await scatter()
  }
}
