// npm run chaos: kills everything at random moments and looks whether anything is left.
//   npm run chaos                       300 rounds (about half an hour)
//   npm run chaos -- --rounds 50        so many
//   npm run chaos -- --seed 7           others; the seed of each run is printed
//   npm run chaos -- --tier sealed      under this containment; the one that was in force is printed too
//   npm run chaos -- --way "disk full"  only ways whose name has this in it
//   npm run chaos -- --matrix           no chance: every kind of escape under every way to end, once
import { parseArgs } from "node:util"
import { chances, draw } from "./chance.ts"
import { escapes, escapesPerRound } from "./escapes.ts"
import { playMatrix } from "./matrix.ts"
import { makeChaos, type Round } from "./rounds.ts"
import { isBad, lineOf, verdictOf } from "./tell.ts"
import { troubles } from "./troubles.ts"
import { ways } from "./ways.ts"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "300" },
    seed: { type: "string" },
    tier: { type: "string" },
    way: { type: "string" },
    matrix: { type: "boolean", default: false },
  },
})
const count = Number(values.rounds)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  console.error("--rounds and --seed are whole numbers.")
  process.exit(2)
}
const tier = values.tier ?? process.env["CORRAL_TIER"]
const isPlayable = ({ needsTokens = false, missing }: (typeof ways)[number]): string | undefined =>
  needsTokens && tier === "plain" ? "it needs tokens, and this tier has none" : missing
const all = [...ways, ...troubles].filter(({ name }) => name.includes(values.way ?? ""))
const played = all.filter((way) => isPlayable(way) === undefined)
for (const way of all.filter((each) => !played.includes(each))) console.log(`left out: ${way.name}: ${isPlayable(way)}`)
if (played.length === 0) {
  console.error(`There is no way ${values.way ?? ""}.`)
  process.exit(2)
}
const chance = chances(seed)
const chaos = await makeChaos(chance, tier)

/** Every way in turn, so that few rounds have them all. The first bad round is the last one. */
const playRounds = async (): Promise<readonly Round[]> => {
  console.log(`${count} rounds of chaos, ${played.length} ways to end, ${escapes.length} to escape, seed ${seed}`)
  const rounds: Round[] = []
  for (let n = 0; n < count; n++) {
    const [way = ways[0]] = played.slice(n % played.length)
    if (way === undefined) break
    const round = await chaos.play(way, draw(escapes, escapesPerRound, chance)).catch((error: unknown) => {
      // Said before the end of the scene, which fails too when something is left.
      console.error(`✗ ${n + 1} could not be judged:`, error)
      throw error
    })
    rounds.push(round)
    console.log(lineOf(round, n + 1))
    if (isBad(round)) break
  }
  return rounds
}

try {
  const rounds = values.matrix ? await playMatrix(chaos, played, escapes) : await playRounds()
  console.log(verdictOf(rounds))
  process.exitCode = rounds.some(isBad) || (!values.matrix && rounds.length < count) ? 1 : 0
} finally {
  await chaos.end()
}
