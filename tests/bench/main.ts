// Measures Corral's figures against the built programs and prints what was promised beside what was reached.
//   npm run bench                    all of them (about ten minutes)
//   npm run bench -- dispatch list   only these
//   npm run bench -- --json FILE     where the figures are kept (else .cache/bench.json)
import { mkdirSync, writeFileSync } from "node:fs"
import { cpus, totalmem } from "node:os"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"
import { measureArchive } from "./archive.ts"
import { measureDeltas } from "./deltas.ts"
import { measureDispatch } from "./dispatch.ts"
import { type Figure, type Measured, measured, round } from "./figure.ts"
import { measureFirstLoad } from "./first-load.ts"
import { measureGone } from "./gone.ts"
import { measureHundred } from "./hundred.ts"
import { measureIdle } from "./idle.ts"
import { measureKill } from "./kill.ts"
import { measureLooking } from "./looking.ts"
import { measureReattach } from "./reattach.ts"
import { measureScreen } from "./screen.ts"
import { measureStart } from "./start.ts"
import { measureSurvey } from "./survey.ts"
import { measureThreadList } from "./thread-list.ts"
import { measureTiers } from "./tiers.ts"
import { measureWake } from "./wake.ts"

const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  load: measureFirstLoad,
  dispatch: measureDispatch,
  list: measureThreadList,
  start: measureStart,
  deltas: measureDeltas,
  kill: measureKill,
  archive: measureArchive,
  hundred: measureHundred,
  reattach: measureReattach,
  gone: measureGone,
  tiers: measureTiers,
  idle: measureIdle,
  looking: measureLooking,
  survey: measureSurvey,
  wake: measureWake,
  screen: measureScreen,
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "string" } } })
const unknown = positionals.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(", ")}. There are: ${Object.keys(parts).join(", ")}.`)
  process.exit(2)
}

const print = (figures: readonly Measured[]): void => {
  for (const { name, unit, reached, target, isHeld, load, note } of figures) {
    const promised = "most" in target ? `≤ ${target.most}` : `≥ ${target.least}`
    const columns = [
      name.padEnd(44),
      `${round(reached)} ${unit}`.padStart(12),
      `${promised} ${unit}`.padStart(14),
      `load ${load}`.padStart(10),
    ]
    console.log(`${isHeld ? "✓" : "✗"} ${columns.join("  ")}   ${note}`)
  }
}

const all: (Measured & { readonly part: string })[] = []
const failures: string[] = []
for (const part of positionals.length > 0 ? positionals : Object.keys(parts)) {
  try {
    const figures = ((await parts[part]?.()) ?? []).map(measured)
    print(figures)
    all.push(...figures.map((figure) => ({ part, ...figure })))
  } catch (error) {
    failures.push(part)
    console.error(`✗ ${part} could not be measured: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const file = values.json ?? join(import.meta.dirname, "../../.cache/bench.json")
const machine = { cpus: cpus().length, model: cpus()[0]?.model ?? "unknown", memoryBytes: totalmem(), node: process.version }
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), machine, failures, figures: all }, null, 2)}\n`)
const missed = all.filter(({ isHeld }) => !isHeld).length
console.log(
  `${all.length - missed} of ${all.length} figures hold${failures.length > 0 ? `; not measured: ${failures.join(", ")}` : ""}. Kept in ${file}`,
)
process.exitCode = missed + failures.length > 0 ? 1 : 0
