// An agent without a supervisor, for tests: a child of this process behind the supervisor's own pipes, ended by exactly its own pid.
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import type { HeldAgent } from "@corral/server/src/provider/conformance-talk.ts"
import { holdAgent } from "@corral/server/src/provider/hold-agent.test-support.ts"
import type { Launch } from "@corral/server/src/provider/provider.ts"

const eofMillis = 3000

const children = new Map<number, ChildProcess>()

export function startChild(launch: Launch): HeldAgent {
  const { command, args, cwd, env } = launch
  const child = spawn(command, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"], detached: true })
  const pid = child.pid ?? -1
  children.set(pid, child)
  const exited = once(child, "exit").then(([code, signal]) => ({ code, signal }))
  void exited.then(() => children.delete(pid))
  return holdAgent({ pid, ends: child, exited, requestStop: () => void end(child) })
}

/** Also one that nobody listens to. */
export const killChild = async (pid: number): Promise<void> => {
  const child = children.get(pid)
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, "exit")
  child.kill("SIGKILL")
  await exited
}

/** EOF, and after a while the one kill that is sure. */
async function end(child: ChildProcess): Promise<void> {
  child.stdin?.end()
  const killing = setTimeout(() => child.kill("SIGKILL"), eofMillis)
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
  clearTimeout(killing)
}

export const endChildren = async (): Promise<void> => {
  await Promise.all([...children.values()].map(end))
}
