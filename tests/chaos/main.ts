// npm run chaos: kills everything at random moments and looks whether anything is left.
//   npm run chaos                       300 rounds (about half an hour)
//   npm run chaos -- --rounds 50        so many
//   npm run chaos -- --seed 7           others; the seed of each run is printed
//   npm run chaos -- --tier sealed      under this containment; the one that was in force is printed too
import { parseArgs } from "node:util"
import { quantile, round as rounded } from "../bench/figure.ts"
import { makeChaos, type Round } from "./rounds.ts"

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "300" }, seed: { type: "string" }, tier: { type: "string" } },
})
const count = Number(values.rounds)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  console.error("--rounds and --seed are whole numbers.")
  process.exit(2)
}
console.log(`${count} rounds of chaos, seed ${seed}`)
const chaos = await makeChaos(seed, values.tier ?? process.env["CORRAL_TIER"])
const rounds: Round[] = []
try {
  for (let n = 0; n < count; n++) {
    const round = await chaos.round(n).catch((error: unknown) => {
      // Said before the end of the scene, which fails too when something is left.
      console.error(`✗ ${n + 1} could not be judged:`, error)
      throw error
    })
    rounds.push(round)
    const isBad = round.left.length + round.harmed.length > 0
    console.log(
      `${isBad ? "✗" : "✓"} ${String(n + 1).padStart(4)}  ${round.way.padEnd(36)} ${String(round.started).padStart(3)} processes ${String(Math.round(round.millis)).padStart(6)} ms`,
    )
    if (!isBad) continue
    console.log(`  ${round.escapes.join(", ")}\n  ${[...round.left, ...round.harmed.map((one) => `harmed: ${one}`)].join("\n  ")}`)
    break
  }
  const left = rounds.reduce((sum, round) => sum + round.left.length, 0)
  const harmed = rounds.reduce((sum, round) => sum + round.harmed.length, 0)
  const millis = rounds.map((round) => round.millis)
  console.log(
    `${rounds.length} of ${count} rounds under ${[...new Set(rounds.map((round) => round.tier))].join(", ")}, ${left} processes left, ${harmed} bystanders harmed; until gone: p50 ${rounded(quantile(millis, 0.5))}, p95 ${rounded(quantile(millis, 0.95))}, worst ${rounded(quantile(millis, 1))} ms`,
  )
  process.exitCode = left + harmed === 0 && rounds.length === count ? 0 : 1
} finally {
  await chaos.end()
}
