// A supervisor of a home that is measured: started before its server, with the preload that tells how long its loop was kept busy.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { until, within } from "../agents/deadline.ts"
import type { Home } from "./home.ts"
import { readLoop, type LoopDelay } from "./loop.ts"

const program = join(process.env["CORRAL_TEST_DIST"] ?? join(import.meta.dirname, "../../dist"), "supervisor.mjs")
const readyWithinMillis = 20_000
/** Its leave-taking, or its hold where no server has come. */
const exitWithinMillis = 40_000

export interface MeasuredSupervisor {
  readonly pid: number
  /** How long its loop was kept busy at one go while `work` was done. */
  readonly loop: (work: () => Promise<unknown>) => Promise<LoopDelay>
  /** Resolves when it has left, as it does with the last server. */
  readonly left: () => Promise<unknown>
}

/** Serves when this resolves: a server that came first would start another one. */
export const startSupervisor = async (home: Home): Promise<MeasuredSupervisor> => {
  const folder = dirname(home.database)
  const loop = readLoop(home.folder)
  const child = spawn(process.execPath, [...loop.preload, program, "serve", "--home", folder], {
    env: { PATH: "/usr/bin:/bin", HOME: home.folder, ...loop.env },
    stdio: "ignore",
  })
  const exited = once(child, "exit")
  const socket = join(folder, "supervisor.sock")
  await until(() => existsSync(socket) || undefined, { what: "the supervisor's socket", withinMillis: readyWithinMillis })
  return {
    pid: child.pid ?? Number.NaN,
    loop: (work) => loop.during(child, work),
    left: () => within(exited, { what: "the supervisor's exit", withinMillis: exitWithinMillis }),
  }
}
