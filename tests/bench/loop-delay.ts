// Preloaded into a supervisor that is measured: how long its event loop was kept busy at one go. Told to a file when asked by SIGUSR2.
import { writeFileSync } from "node:fs"
import { monitorEventLoopDelay } from "node:perf_hooks"

const resolution = 1
const nanosecondsPerMilli = 1e6
const file = process.env["CORRAL_BENCH_LOOP"] ?? ""

const delay = monitorEventLoopDelay({ resolution })
delay.enable()

/** Each telling begins a new measurement. A timer is late by as long as the loop was busy, on an idle machine. */
process.on("SIGUSR2", () => {
  const [longest, usual] = [delay.max, delay.percentile(99)].map((nanoseconds) => nanoseconds / nanosecondsPerMilli - resolution)
  writeFileSync(file, JSON.stringify({ longest, usual }))
  delay.reset()
})
