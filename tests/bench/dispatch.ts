// From an order to its durable receipt: what it costs, how long it takes, how many a second; and that a full home is no slower.
import type { ClientCommand } from "@corral/contracts/command"
import type { ThreadId } from "@corral/contracts/ids"
import type { Corral } from "../stories/corral.ts"
import { type Figure, least, most, quantile, spread } from "./figure.ts"
import { makeHome } from "./home.ts"
import { cpuMillis } from "./process-cost.ts"
import { give, giveAll, openRaw, type RawLine } from "./raw-line.ts"
import { seedThreads } from "./seed.ts"

const [few, many] = [100, 5_000]
/** Rounds of both homes in turn, so that what else the machine does falls on both. */
const rounds = 5
const singlesPerRound = 400
const pipelinedPerRound = 2_000
/** Orders without a receipt yet, while pipelined. */
const window = 64
const warmUp = 500

interface Bench {
  readonly corral: Corral
  readonly line: RawLine
  readonly threadIds: readonly ThreadId[]
  readonly millis: number[]
  readonly singleCpu: number[]
  readonly pipelinedCpu: number[]
  readonly perSecond: number[]
}

export const measureDispatch = async (): Promise<readonly Figure[]> => {
  const homes = [makeHome(), makeHome()]
  try {
    const [small, large] = await Promise.all([few, many].map(async (count, i) => prepare(homes[i] ?? makeHome(), count)))
    if (small === undefined || large === undefined) throw new Error("two homes were wanted")
    for (let round = 0; round < rounds; round++) {
      for (const bench of round % 2 === 0 ? [small, large] : [large, small]) await measureRound(bench)
    }
    for (const { line } of [small, large]) line.close()
    return figures(small, large)
  } finally {
    for (const home of homes) await home.end()
  }
}

const prepare = async (home: ReturnType<typeof makeHome>, count: number): Promise<Bench> => {
  const corral = await home.start()
  const threadIds = await seedThreads(corral, home.project, count)
  const line = await openRaw(corral)
  await giveAll(line, renames(threadIds, warmUp), window)
  return { corral, line, threadIds, millis: [], singleCpu: [], pipelinedCpu: [], perSecond: [] }
}

const measureRound = async ({ corral, line, threadIds, ...into }: Bench): Promise<void> => {
  const beforeSingles = cpuMillis(corral.pid)
  for (const command of renames(threadIds, singlesPerRound)) {
    const began = performance.now()
    await give(line, command)
    into.millis.push(performance.now() - began)
  }
  into.singleCpu.push((cpuMillis(corral.pid) - beforeSingles) / singlesPerRound)
  const before = cpuMillis(corral.pid)
  const began = performance.now()
  await giveAll(line, renames(threadIds, pipelinedPerRound), window)
  into.perSecond.push((pipelinedPerRound / (performance.now() - began)) * 1000)
  into.pipelinedCpu.push((cpuMillis(corral.pid) - before) / pipelinedPerRound)
}

let renamed = 0

/** Each changes something, so that each is written. */
const renames = (threadIds: readonly ThreadId[], count: number): readonly ClientCommand[] =>
  Array.from({ length: count }, () => {
    renamed += 1
    const threadId = threadIds[(renamed * 7_919) % threadIds.length]
    if (threadId === undefined) throw new Error("there are no threads")
    return { _tag: "thread.rename", threadId, title: `Renamed for the ${renamed}th time` }
  })

const figures = (small: Bench, large: Bench): readonly Figure[] => {
  const of = (values: readonly number[]) => quantile(values, 0.5)
  const ratio = (pick: (bench: Bench) => readonly number[]) => of(pick(large)) / of(pick(small))
  return [
    {
      name: "order to durable receipt, p50",
      unit: "ms",
      reached: of(large.millis),
      target: most(2),
      note: `${many} threads; ${spread(large.millis, "ms")}`,
    },
    {
      name: "CPU of an order, one at a time",
      unit: "ms",
      reached: of(large.singleCpu),
      target: most(0.5),
      note: `${many} threads; server process, user and system`,
    },
    {
      name: "CPU of an order, pipelined",
      unit: "ms",
      reached: of(large.pipelinedCpu),
      target: most(0.5),
      note: `${many} threads; ${window} at once`,
    },
    {
      name: "orders a second, pipelined",
      unit: "/s",
      reached: of(large.perSecond),
      target: least(1_500),
      note: `${many} threads; ${window} at once`,
    },
    {
      name: "p50 with 5,000 threads to 100",
      unit: "×",
      reached: ratio(({ millis }) => millis),
      target: most(1.2),
      note: "the two homes in turn",
    },
    {
      name: "CPU with 5,000 threads to 100",
      unit: "×",
      reached: ratio(({ pipelinedCpu }) => pipelinedCpu),
      target: most(1.2),
      note: "pipelined, the two homes in turn",
    },
    {
      name: "rate with 100 threads to 5,000",
      unit: "×",
      reached: 1 / ratio(({ perSecond }) => perSecond),
      target: most(1.2),
      note: "pipelined, the two homes in turn",
    },
  ]
}
