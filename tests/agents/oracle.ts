// Whether everything is gone, by two judges that are not the supervisor's scan:
// a pipe that every descendant inherits, which has no writer left exactly when all of them are gone;
// and the whole machine's processes before and after, with the difference told apart into ours and others'.
import { spawnSync } from "node:child_process"
import { closeSync, constants, openSync, readSync } from "node:fs"
import { join } from "node:path"
import { until } from "./deadline.ts"
import { descendantsOf, describeProcess, holdersOf, identityOf, machineProcesses, mentions, type MachineProcess } from "./machine.ts"

export interface Oracle {
  /** For the environment of whatever is to be watched; `source` it or open it: `exec 9>"$CORRAL_TEST_PIPE"`. */
  readonly pipe: string
  /** Who holds the pipe now: every living process of the trees, found without any scan of ours. */
  readonly holders: () => readonly MachineProcess[]
  /** Notes everything below these processes as ours, so that it is still known after its parents have left. */
  readonly note: (roots: readonly number[]) => void
  /** Whether anybody holds it now, told by the pipe itself: also true of what is between two pids. */
  readonly isHeld: () => boolean
  /** Fails unless nobody holds the pipe within the time; gives how long it took in ms. */
  readonly pipeEmpty: (withinMillis: number) => Promise<number>
  /** Processes of ours that live now. */
  readonly left: () => readonly MachineProcess[]
  /** Fails unless no process of ours is left within the time, `except` those named. */
  readonly nothingLeft: (withinMillis: number, except?: readonly number[]) => Promise<void>
  readonly close: () => void
}

/** `folder` belongs to this story alone: a process that mentions it is ours. */
export const startOracle = (folder: string): Oracle => {
  const pipe = join(folder, "held")
  const made = spawnSync("mkfifo", ["-m", "600", pipe])
  if (made.status !== 0) throw new Error(`mkfifo ${pipe}: ${String(made.stderr)}`)
  const fd = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK)
  const before = new Set(machineProcesses().map(identityOf))
  const noted = new Set<string>()
  const ours = (except: readonly number[]) =>
    machineProcesses().filter((candidate) => {
      const isNew = !before.has(identityOf(candidate)) && candidate.pid !== process.pid && !except.includes(candidate.pid)
      return isNew && (noted.has(identityOf(candidate)) || mentions(candidate, folder))
    })
  return {
    pipe,
    holders: () => holdersOf(pipe),
    isHeld: () => !hasNoWriter(fd),
    left: () => ours([]),
    note: (roots) => descendantsOf(roots).forEach((found) => noted.add(identityOf(found))),
    pipeEmpty: async (withinMillis) => {
      const instead = () => list(holdersOf(pipe), "held by somebody who cannot be asked")
      const { millis } = await until(() => hasNoWriter(fd) || undefined, {
        what: "the end of every process that holds the pipe",
        withinMillis,
        instead,
      })
      return millis
    },
    nothingLeft: async (withinMillis, except = []) => {
      const look = () => (ours(except).length === 0 ? true : undefined)
      await until(look, { what: "no process of this story left", withinMillis, instead: () => list(ours(except), "they left just now") })
    },
    close: () => closeSync(fd),
  }
}

/** A non-blocking read of a pipe gives its end when nobody has it open for writing, and "try again" while somebody has. */
const hasNoWriter = (fd: number): boolean => {
  try {
    return readSync(fd, Buffer.alloc(4096)) === 0
  } catch {
    return false
  }
}

const list = (processes: readonly MachineProcess[], none: string): string =>
  processes.length === 0 ? none : processes.map((found) => `  still there: ${describeProcess(found)}`).join("\n")
