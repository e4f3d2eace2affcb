// Every way in which a session, the server, the supervisor or its watcher can end. After each of them nothing of the session may be left.
import type { Connection } from "@corral/client/connect"
import type { ThreadId } from "@corral/contracts/ids"
import { until } from "../agents/deadline.ts"
import { descendantsOf, isAlive, readProcess, type MachineProcess } from "../agents/machine.ts"
import type { Corral } from "../stories/corral.ts"
import { order } from "../stories/talk.ts"

export interface Situation {
  readonly corral: Corral
  readonly client: Connection
  readonly threadId: ThreadId
  readonly supervisor: MachineProcess
  readonly watcher: MachineProcess
}

export interface Way {
  readonly name: string
  readonly env?: Readonly<Record<string, string>>
  readonly strike: (situation: Situation) => Promise<void>
  /** What is left is ended by the next start only, as the README says. */
  readonly needsStart?: boolean
}

const kill = (...processes: readonly MachineProcess[]): void => {
  for (const one of processes.filter(isAlive)) process.kill(one.pid, "SIGKILL")
}

const crash = async ({ corral }: Situation): Promise<void> => {
  corral.signal("SIGKILL")
  await corral.exited
}

const noHold = { CORRAL_HOLD_MILLIS: "0" }

export const ways: readonly Way[] = [
  { name: "archive", strike: ({ client, threadId }) => order(client, { _tag: "thread.archive", threadId }) },
  { name: "delete", strike: ({ client, threadId }) => order(client, { _tag: "thread.delete", threadId }) },
  { name: "stop", strike: ({ client, threadId }) => order(client, { _tag: "runtime.stop", threadId }) },
  {
    name: "stop, and archive at once",
    strike: async ({ client, threadId }) => {
      await Promise.all([order(client, { _tag: "runtime.stop", threadId }), order(client, { _tag: "thread.archive", threadId })])
    },
  },
  { name: "shutdown", strike: async ({ corral }) => void (await corral.stop()) },
  { name: "server killed, no hold", env: noHold, strike: crash },
  { name: "server killed, hold over", env: { CORRAL_HOLD_MILLIS: "700" }, strike: crash },
  {
    name: "watcher killed, then stop",
    strike: async (all) => (kill(all.watcher), await order(all.client, { _tag: "runtime.stop", threadId: all.threadId })),
  },
  { name: "supervisor killed", strike: async ({ supervisor }) => kill(supervisor) },
  { name: "supervisor frozen, then killed", strike: async ({ supervisor }) => (process.kill(supervisor.pid, "SIGSTOP"), kill(supervisor)) },
  {
    name: "watcher killed, then the supervisor",
    strike: async ({ supervisor, watcher }) => kill(watcher, supervisor),
  },
  {
    name: "server and supervisor killed",

    strike: async (all) => {
      kill(all.supervisor)
      await crash(all)
    },
  },
  {
    name: "all three killed",

    needsStart: true,
    strike: async (all) => {
      kill(all.watcher, all.supervisor)
      await crash(all)
    },
  },
]

/** The shell that waits at the supervisor's pipe. */
export const watcherOf = async (supervisorPid: number): Promise<MachineProcess> => {
  const look = () => descendantsOf([supervisorPid]).find(({ command }) => command.startsWith("/bin/sh -c read -r _"))
  return (await until(look, { what: "an armed watcher", withinMillis: 5_000 })).seen
}

export const processOf = (pid: number): MachineProcess => {
  const [found] = readProcess(pid)
  if (found === undefined) throw new Error(`there is no process ${pid}`)
  return found
}
