// What each tier of containment costs and how fast it ends a tree: a start, a stop without manners, and the supervisor's own end by SIGKILL.
// By the supervisor itself, without a server; judged by the pipe that all of a tree inherits.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as pause } from "node:timers/promises"
import type { Containment } from "../../apps/supervisor/src/platform/containment.ts"
import { mintInstall, mintToken } from "../../apps/supervisor/src/token.ts"
import { until } from "../agents/deadline.ts"
import type { Oracle } from "../agents/oracle.ts"
import { zooShell } from "../agents/zoo.ts"
import { containmentOf } from "../supervisor/held-tree.ts"
import { exitOf, makeBed, type Line } from "../supervisor/supervised.ts"
import { type Figure, most, quantile, round, spread } from "./figure.ts"

const times = 20
const patienceMillis = 20_000
/** Ten processes with the agent: one without environment, one that cannot be dumped, one that is deaf to TERM among them. */
const kinds = [
  ...(["plain", "plain", "own-session", "deaf-to-term", "daemon", "daemon-without-environment"] as const),
  ...(["renamed", "non-dumpable", "orphan"] as const),
]
const tree = `${zooShell(kinds)} exec sleep 900`
const tiers = ["token", "sealed", "cgroup"] as const

export const measureTiers = async (): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const wish of tiers) {
    const containment = containmentOf(wish, `linux-${wish}`)
    if (typeof containment === "string") {
      console.log(`  linux-${wish} is left out: ${containment}`)
      continue
    }
    figures.push(await measureSpawn(wish, containment))
    figures.push(await measureStop(wish), await measureLoss(wish))
  }
  return figures
}

/** With the cgroup of its own, where the tier has one. */
const measureSpawn = async (wish: string, { tokenCeiling, leaves, wrap, dropLeaf }: Containment): Promise<Figure> => {
  const [bare, wrapped]: [number[], number[]] = [[], []]
  for (let i = 0; i < times; i++) {
    const token = mintToken(mintInstall(), tokenCeiling ?? 0n, () => false)
    bare.push(await spawned(["/bin/true"]))
    const leaf = token === null ? null : leaves.pathFor(token)
    const began = performance.now()
    if (leaf !== null) leaves.make(leaf)
    await spawned(wrap({ token, leaf, hasTerminal: false, argv: ["/bin/true"] }))
    wrapped.push(performance.now() - began)
    if (leaf !== null) dropLeaf(leaf)
  }
  const note = `beside ${round(quantile(bare, 0.5))} ms without; ${spread(wrapped, "ms")}`
  return { name: `${wish}: /bin/true from spawn to exit, p50`, unit: "ms", reached: quantile(wrapped, 0.5), target: most(50), note }
}

const spawned = async ([file = "", ...args]: readonly string[]): Promise<number> => {
  const began = performance.now()
  const child = spawn(file, args, { stdio: "ignore", detached: true })
  const [code] = await once(child, "exit")
  if (code !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${code}`)
  return performance.now() - began
}

const measureStop = async (wish: string): Promise<Figure> => {
  const bed = makeBed()
  const millis: number[] = []
  try {
    bed.start({ env: { CORRAL_TIER: wish } })
    const line = await bed.dial()
    for (let i = 0; i < times; i++) {
      await plant(line, bed.oracle, `stop${i}`)
      const began = performance.now()
      const stopping = line.stop(`stop${i}`, { from: "kill" })
      millis.push(await gone(bed.oracle, began))
      await stopping
    }
  } finally {
    await bed.end()
  }
  return {
    name: `${wish}: stop from KILL until gone, p95`,
    unit: "ms",
    reached: quantile(millis, 0.95),
    target: most(1_000),
    note: spread(millis, "ms"),
  }
}

const measureLoss = async (wish: string): Promise<Figure> => {
  const bed = makeBed()
  const millis: number[] = []
  try {
    for (let i = 0; i < times; i++) {
      const supervisor = bed.start({ env: { CORRAL_TIER: wish } })
      const line = await bed.dial()
      await plant(line, bed.oracle, `loss${i}`)
      const began = performance.now()
      supervisor.kill("SIGKILL")
      millis.push(await gone(bed.oracle, began))
      line.drop()
      await exitOf(supervisor)
    }
  } finally {
    await bed.end()
  }
  const name = `${wish}: kill -9 of the supervisor until gone, p95`
  return { name, unit: "ms", reached: quantile(millis, 0.95), target: most(1_000), note: spread(millis, "ms") }
}

const plant = async (line: Line, oracle: Oracle, name: string): Promise<void> => {
  await line.launch(name, tree)
  await until(
    () => (oracle.holders().filter(({ command }) => /zoo\.pl|^ttt|sleep 900/.test(command)).length > kinds.length ? true : undefined),
    {
      what: `${kinds.length} processes and their agent`,
      withinMillis: patienceMillis,
      instead: () => JSON.stringify(oracle.holders()),
    },
  )
  // What daemonises itself has done so by then.
  await pause(100)
}

/** Finer than a test's patience looks: some of this takes milliseconds. */
const gone = async (oracle: Oracle, began: number): Promise<number> => {
  while (oracle.isHeld()) {
    if (performance.now() - began > patienceMillis) throw new Error("somebody is left")
    await pause(1)
  }
  return performance.now() - began
}
