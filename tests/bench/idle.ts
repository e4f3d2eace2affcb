// How exactly sleep keeps its time with a thousand threads in the home, and what those threads cost while they sleep.
import { setTimeout as pause } from "node:timers/promises"
import type { Connection } from "@corral/client/connect"
import type { ThreadId } from "@corral/contracts/ids"
import { practice } from "../stories/kinds.ts"
import { createThread, order, threadWhen } from "../stories/talk.ts"
import { type Figure, most, quantile, spread } from "./figure.ts"
import { makeHome } from "./home.ts"
import { memoryOf } from "./process-cost.ts"
import { seedThreads } from "./seed.ts"

const threads = 1_000
/** As many practice agents as a machine of 4 GB bears; all of them are due within the same second. */
const awake = 30
const idleMillis = 20_000
const settleMillis = 5_000

export const measureIdle = async (): Promise<readonly Figure[]> => {
  const sleeping = await costOfSleeping()
  const home = makeHome({ CORRAL_IDLE_MILLIS: String(idleMillis) })
  try {
    const corral = await home.start()
    await seedThreads(corral, home.project, threads)
    const late = await latenessOf(corral.client)
    return [
      {
        name: `idle time overrun, ${threads} threads, worst`,
        unit: "ms",
        reached: quantile(late, 1),
        target: most(1_000),
        note: `from the end of its idle time to the beginning of its stop, ${awake} awake and due at once; ${spread(late, "ms")}`,
      },
      {
        name: `${threads} sleeping threads, memory`,
        unit: "MB",
        reached: sleeping.megabytes,
        target: most(5),
        note: "private memory of the server, with them and without",
      },
      { name: `${threads} sleeping threads, processes`, unit: "", reached: sleeping.processes, target: most(0), note: "" },
    ]
  } finally {
    await home.end()
  }
}

/** In ms, of each that was awake. */
const latenessOf = async (client: Connection): Promise<readonly number[]> => {
  const [project] = await client.call("projects", {})
  if (project === undefined) throw new Error("the home has no project")
  const { projectId } = project
  const threadIds: ThreadId[] = []
  for (let n = 0; n < awake; n++) threadIds.push(await createThread(client, projectId, practice.config))
  const begun = new Map<ThreadId, number>()
  const stop = client.watch("shell", () => ({}), {
    item: ({ threads: told }) => {
      for (const { threadId, runtime } of told) if (runtime === "stopping" && !begun.has(threadId)) begun.set(threadId, Date.now())
    },
  })
  const fits = ({ runtime }: { readonly runtime: { readonly state: string } }) => runtime.state === "idle"
  for (const threadId of threadIds) await order(client, { _tag: "runtime.wake", threadId })
  const due = new Map<ThreadId, number>()
  for (const threadId of threadIds) {
    const { runtime } = await threadWhen(client, threadId, { what: "awake", fits, withinMillis: idleMillis })
    due.set(threadId, runtime.since + idleMillis)
  }
  for (const threadId of threadIds) {
    await threadWhen(client, threadId, { what: "sleep", fits: ({ runtime }) => runtime.state === "asleep", withinMillis: 3 * idleMillis })
  }
  stop()
  return threadIds.map((threadId) => (begun.get(threadId) ?? Number.NaN) - (due.get(threadId) ?? Number.NaN))
}

/** Two starts on the same home: before it had threads, and after. */
const costOfSleeping = async () => {
  const home = makeHome()
  const settled = async () => {
    const corral = await home.start()
    await pause(settleMillis)
    return { corral, megabytes: memoryOf(corral.pid).privateMegabytes }
  }
  try {
    const empty = await settled()
    await seedThreads(empty.corral, home.project, threads)
    await empty.corral.stop()
    const full = await settled()
    const { processes } = await full.corral.client.call("count", {})
    return { megabytes: full.megabytes - empty.megabytes, processes }
  } finally {
    await home.end()
  }
}
