// Asks a program that was started with a preload how long its event loop was kept busy at one go.
import type { ChildProcess } from "node:child_process"
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { until } from "../agents/deadline.ts"
import { isJson } from "../agents/stub-api/json.ts"

const tellingMillis = 5_000

/** In ms. */
export interface LoopDelay {
  readonly longest: number
  readonly usual: number
}

export const readLoop = (folder: string) => {
  const file = join(folder, "loop.json")
  const read = (): LoopDelay | undefined => {
    try {
      const told: unknown = JSON.parse(readFileSync(file, "utf8"))
      if (!isJson(told) || typeof told["longest"] !== "number" || typeof told["usual"] !== "number") return undefined
      return { longest: told["longest"], usual: told["usual"] }
    } catch {
      return undefined
    }
  }
  return {
    preload: ["--import", join(import.meta.dirname, "loop-delay.ts")],
    env: { CORRAL_BENCH_LOOP: file },
    /** While `work` is done. */
    during: async (program: ChildProcess, work: () => Promise<unknown>): Promise<LoopDelay> => {
      const turn = async () => {
        rmSync(file, { force: true })
        program.kill("SIGUSR2")
        return (await until(read, { what: "the delay of its loop", withinMillis: tellingMillis })).seen
      }
      await turn()
      await work()
      return await turn()
    },
  }
}
