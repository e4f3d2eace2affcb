// What a survey of a busy machine costs: how long a person waits for it, and how long the supervisor's loop stands still meanwhile.
import { setTimeout as pause } from "node:timers/promises"
import { gather } from "./crowd.ts"
import { type Figure, most, quantile, round, spread } from "./figure.ts"
import { makeHome } from "./home.ts"
import { startSupervisor } from "./measured-supervisor.ts"
import { cpuMillis } from "./process-cost.ts"

const machineProcesses = 1_000
const surveys = 40
/** What the supervisor does at its start is not what is measured. */
const settleMillis = 6_000
/** As long as the surveys take: what a machine that others use too does to any loop. */
const stillMillis = 10_000

export const measureSurvey = async (): Promise<readonly Figure[]> => {
  const scatter = await gather(machineProcesses)
  const home = makeHome()
  const supervisor = await startSupervisor(home)
  try {
    const { client } = await home.start()
    await pause(settleMillis)
    const still = await supervisor.loop(() => pause(stillMillis))
    const waits: number[] = []
    const survey = async () => {
      for (let asked = 0; asked < surveys; asked += 1) {
        const began = performance.now()
        await client.call("survey", {})
        waits.push(performance.now() - began)
      }
    }
    const before = cpuMillis(supervisor.pid)
    await survey()
    const cpu = (cpuMillis(supervisor.pid) - before) / surveys
    const { longest, usual } = await supervisor.loop(survey)
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
    await supervisor.left()
    await scatter()
  }
}
