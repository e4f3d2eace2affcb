// What a survey of a busy machine costs: how long a person waits for it, and how long the supervisor's loop stands still meanwhile.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { until, within } from "../agents/deadline.ts"
import { gather } from "./crowd.ts"
import { type Figure, most, quantile, round, spread } from "./figure.ts"
import { makeHome } from "./home.ts"
import { readLoop } from "./loop.ts"
import { cpuMillis } from "./process-cost.ts"

const machineProcesses = 1_000
const surveys = 40
/** What the supervisor does at its start is not what is measured. */
const settleMillis = 6_000
/** As long as the surveys take: what a machine that others use too does to any loop. */
const stillMillis = 10_000
const program = join(process.env["CORRAL_TEST_DIST"] ?? join(import.meta.dirname, "../../dist"), "supervisor.mjs")

export const measureSurvey = async (): Promise<readonly Figure[]> => {
  const scatter = await gather(machineProcesses)
  const home = makeHome()
  const loop = readLoop(home.folder)
  const supervisor = spawn(process.execPath, [...loop.preload, program, "serve", "--home", dirname(home.database)], {
    env: { PATH: "/usr/bin:/bin", HOME: home.folder, ...loop.env },
    stdio: "ignore",
  })
  const exited = once(supervisor, "exit")
  const pid = supervisor.pid ?? Number.NaN
  try {
    // A server that comes first would start another supervisor.
    const socket = join(dirname(home.database), "supervisor.sock")
    await until(() => existsSync(socket) || undefined, { what: "the supervisor's socket", withinMillis: 20_000 })
    const { client } = await home.start()
    await pause(settleMillis)
    await loop.tell(supervisor)
    await pause(stillMillis)
    const still = await loop.tell(supervisor)
    const [cpuBefore, waits]: [number, number[]] = [cpuMillis(pid), []]
    for (let asked = 0; asked < surveys; asked += 1) {
      const began = performance.now()
      await client.call("survey", {})
      waits.push(performance.now() - began)
    }
    const cpu = (cpuMillis(pid) - cpuBefore) / surveys
    const { longest, usual } = await loop.tell(supervisor)
    const there = `${machineProcesses} processes on the machine, ${surveys} surveys one after another`
    return [
      {
        name: "survey, to its answer",
        unit: "ms",
        reached: quantile(waits, 0.5),
        target: most(500),
        note: `${there}; ${spread(waits, "ms")}`,
      },
      {
        name: "survey, longest at one go in the supervisor",
        unit: "ms",
        reached: longest,
        target: most(15),
        note: `p99 ${round(usual)} ms; in ${stillMillis / 1000} s without a survey ${round(still.longest)} ms`,
      },
      { name: "survey, CPU of the supervisor", unit: "ms", reached: cpu, target: most(15), note: "the look itself is another process" },
    ]
  } finally {
    await home.end()
    await within(exited, { what: "the supervisor's exit", withinMillis: 40_000 })
    await scatter()
  }
}
