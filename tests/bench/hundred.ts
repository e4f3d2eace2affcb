// What a look at a session of a hundred processes costs the supervisor, and for how long it hears nobody meanwhile.
import { until } from "../agents/deadline.ts"
import { makeBed, type Line } from "../supervisor/supervised.ts"
import { type Figure, most, quantile, spread } from "./figure.ts"

const processes = 100
/** As many as a larger program has open. */
const openFiles = 40
const looks = 100
const portLooks = 8
/** Ports are not looked for again sooner. */
const portsAgainMillis = 5_100

/** The share of times in which nobody else had the processor: what is over it is the machine's, not ours. */
const undisturbed = 0.1

const files = Array.from({ length: openFiles }, (_, n) => `exec ${n + 20}</dev/null`).join(";")
const hundred = `for i in $(seq ${processes}); do bash -c '${files}; exec sleep 900' & done; wait`

export const measureHundred = async (): Promise<readonly Figure[]> => {
  const bed = makeBed()
  try {
    bed.start()
    const line = await bed.dial()
    await line.launch("hundred", hundred)
    await until(async () => ((await countOf(line)) > processes ? true : undefined), { what: "all processes", withinMillis: 30_000 })
    const [bare, weighed]: [number[], number[]] = [[], []]
    for (let n = 0; n < looks; n++) {
      // In turns: both are as much disturbed.
      bare.push((await line.ask("trees", { memory: false })).lookMillis)
      weighed.push((await line.ask("trees", { memory: true })).lookMillis)
    }
    const blocks = await times(portLooks, () => longestBlock(line))
    const look = quantile(weighed, undisturbed)
    const block = quantile(blocks, undisturbed)
    return [
      { name: "look at 100 processes with memory, p10", unit: "ms", reached: look, target: most(15), note: spread(weighed, "ms") },
      {
        name: "of it for memory",
        unit: "ms",
        reached: look - quantile(bare, undisturbed),
        target: most(2),
        note: spread(bare, "ms without"),
      },
      { name: "one look a minute, of a processor", unit: "%", reached: look / 600, target: most(0.05), note: "while something runs" },
      { name: "longest block while ports are looked for, p10", unit: "ms", reached: block, target: most(15), note: spread(blocks, "ms") },
    ]
  } finally {
    await bed.end()
  }
}

const countOf = async (line: Line): Promise<number> =>
  (await line.ask("trees", { memory: false })).trees.reduce((sum, tree) => sum + tree.processes.length, 0)

const times = async (count: number, measure: () => Promise<number>): Promise<readonly number[]> => {
  const reached: number[] = []
  for (let n = 0; n < count; n++) reached.push(await measure())
  return reached
}

/** The longest that a small ask waited for its answer while ports were looked for. */
const longestBlock = async (line: Line): Promise<number> => {
  await new Promise((resolve) => setTimeout(resolve, portsAgainMillis))
  let isOver = false
  const look = line.ask("trees", { memory: true, ports: true }).then(() => void (isOver = true))
  let longest = 0
  while (!isOver) {
    const began = performance.now()
    await line.ask("certificates", { after: 0 })
    longest = Math.max(longest, performance.now() - began)
  }
  await look
  return longest
}
