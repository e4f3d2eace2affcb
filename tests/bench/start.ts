// How long a start takes in a home with history, and what the programs hold while nobody needs them.
import { setTimeout as pause } from "node:timers/promises"
import { machineProcesses } from "../agents/machine.ts"
import { type Figure, most, quantile, round, spread } from "./figure.ts"
import { makeHome } from "./home.ts"
import { memoryOf } from "./process-cost.ts"
import { seedThreads } from "./seed.ts"

const threads = 1_000
const starts = 9
/** What is only needed at the start is let go of by then. */
const settleMillis = 5_000

export const measureStart = async (): Promise<readonly Figure[]> => {
  const home = makeHome()
  try {
    const seeding = await home.start()
    await seedThreads(seeding, home.project, threads)
    await seeding.stop()
    const millis: number[] = []
    for (let i = 0; i < starts - 1; i++) {
      const began = performance.now()
      const corral = await home.start()
      millis.push(performance.now() - began)
      await corral.stop()
    }
    const began = performance.now()
    const corral = await home.start()
    millis.push(performance.now() - began)
    const supervisorPid = await corral.supervisorPid()
    await pause(settleMillis)
    const server = memoryOf(corral.pid)
    const supervisor = memoryOf(supervisorPid)
    const watcher = watcherOf(supervisorPid)
    return [
      {
        name: "start to ready, 1,000 threads, p50",
        unit: "ms",
        reached: quantile(millis, 0.5),
        target: most(800),
        note: `supervisor included; ${spread(millis, "ms")}`,
      },
      {
        name: "server idle, RSS",
        unit: "MB",
        reached: server.rssMegabytes,
        target: most(120),
        note: `private ${round(server.privateMegabytes)} MB`,
      },
      { name: "supervisor idle, RSS", unit: "MB", reached: supervisor.rssMegabytes, target: most(60), note: "" },
      { name: "supervisor idle, private", unit: "MB", reached: supervisor.privateMegabytes, target: most(25), note: "" },
      {
        name: "watcher, PSS",
        unit: "MB",
        reached: watcher === undefined ? Number.NaN : memoryOf(watcher).pssMegabytes,
        target: most(0.3),
        note: "",
      },
    ]
  } finally {
    await home.end()
  }
}

const watcherOf = (supervisorPid: number) =>
  machineProcesses().find(({ ppid, command }) => ppid === supervisorPid && command.startsWith("/bin/sh"))?.pid
