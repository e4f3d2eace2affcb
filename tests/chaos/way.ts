// What every way to end a session is told with: who is there, and how some of them are killed.
import type { Connection } from "@corral/client/connect"
import type { ThreadId } from "@corral/contracts/ids"
import { until } from "../agents/deadline.ts"
import { descendantsOf, isAlive, readProcess, type MachineProcess } from "../agents/machine.ts"
import type { Corral } from "../stories/corral.ts"
import type { Scene } from "../stories/scene.ts"
import type { Chance } from "./chance.ts"
import type { Escape } from "./escapes.ts"

export interface Situation {
  readonly scene: Scene
  readonly corral: Corral
  readonly client: Connection
  readonly threadId: ThreadId
  readonly supervisor: MachineProcess
  readonly watcher: MachineProcess
  readonly escapes: readonly Escape[]
  readonly chance: Chance
  /** Another server on the same home. */
  readonly next: () => Promise<Corral>
  /** What chance has made of it, for who reads of a round that failed. */
  readonly note: (text: string) => void
}

export interface Way {
  readonly name: string
  readonly env?: Readonly<Record<string, string>>
  /** Before the clock runs. */
  readonly prepare?: (situation: Situation) => Promise<void>
  readonly strike: (situation: Situation) => Promise<void>
  /** When nothing is left: what must be true then. */
  readonly after?: (situation: Situation) => Promise<void>
  /** Without tokens nobody is known any more who is in no ledger. */
  readonly needsTokens?: boolean
  /** Why it cannot be played on this machine. */
  readonly missing?: string
}

export const kill = (...processes: readonly MachineProcess[]): void => {
  for (const one of processes.filter(isAlive)) process.kill(one.pid, "SIGKILL")
}

export const crash = async ({ corral }: Situation): Promise<void> => {
  corral.signal("SIGKILL")
  await corral.exited
}

/** What is left is ended by the next start only, as the README says. */
export const killAll = async (all: Situation): Promise<void> => {
  kill(all.watcher, all.supervisor)
  await crash(all)
  await all.next()
}

/** The shell that waits at the supervisor's pipe. */
export const watcherOf = async (supervisorPid: number): Promise<MachineProcess> => {
  const look = () => descendantsOf([supervisorPid]).find(({ command }) => command.startsWith("/bin/sh -c read -r _"))
  return (await until(look, { what: "an armed watcher", withinMillis: 20_000 })).seen
}

export const processOf = (pid: number): MachineProcess => {
  const [found] = readProcess(pid)
  if (found === undefined) throw new Error(`there is no process ${pid}`)
  return found
}
