// Preloaded into a supervisor that is measured: for how long its event loop was kept busy at one go, from one SIGUSR2 to the next.
import { writeFileSync } from "node:fs"
import { monitorEventLoopDelay } from "node:perf_hooks"

const resolution = 1
const nanosecondsPerMilli = 1e6
const file = process.env["CORRAL_BENCH_LOOP"] ?? ""

const delay = monitorEventLoopDelay({ resolution })
let isOn = false

/** Off in between: a timer each millisecond costs more than what is measured beside it. On an idle machine it is late by as long as the loop was busy. */
process.on("SIGUSR2", () => {
  isOn = !isOn
  if (!isOn) delay.disable()
  const [longest, usual] = [delay.max, delay.percentile(99)].map((nanoseconds) =>
    Math.max(0, nanoseconds / nanosecondsPerMilli - resolution),
  )
  writeFileSync(file, JSON.stringify(isOn ? { longest: 0, usual: 0 } : { longest, usual }))
  delay.reset()
  // What this costs itself, some 20 ms where nothing of it was used for a while, is none of what is measured.
  if (isOn) setImmediate(() => delay.enable())
})
