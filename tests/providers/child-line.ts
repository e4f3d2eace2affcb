// An agent's line without a supervisor, for tests: a child of this process, ended by exactly its own pid.
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import type { AgentLine, Exit, Launch } from "@corral/server/src/provider/provider.ts"

const stderrTailChars = 4000
const eofMillis = 3000

const children = new Set<ChildProcess>()

export function startChild(launch: Launch): AgentLine {
  const { command, args, cwd, env } = launch
  const child = spawn(command, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"], detached: true })
  children.add(child)
  let tail = ""
  let rest = ""
  let said = 0
  const early: (readonly [string, number])[] = []
  let take = (line: string, n: number): void => void early.push([line, n])
  child.stdin.on("error", () => undefined)
  child.stderr.setEncoding("utf8").on("data", (text: string) => (tail = (tail + text).slice(-stderrTailChars)))
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n")
    rest = lines.pop() ?? ""
    for (const line of lines) take(line, ++said)
  })
  const exit = once(child, "close").then(([code, signal]): Exit => ({ code, signal, stderr: tail }))
  void exit.then(() => children.delete(child))
  return {
    pid: child.pid ?? -1,
    write: (lines) =>
      new Promise((resolve, reject) => {
        if (child.exitCode !== null || child.signalCode !== null) return reject(new Error("the agent is gone"))
        child.stdin.write(lines.map((line) => `${line}\n`).join(""), (error) => (error ? reject(error) : resolve()))
      }),
    onLine: (next) => {
      take = next
      for (const [line, n] of early.splice(0)) next(line, n)
    },
    onExit: (told) => void exit.then(told),
    requestStop: () => void end(child),
  }
}

/** EOF, and after a while the one kill that is sure. */
async function end(child: ChildProcess): Promise<void> {
  child.stdin?.end()
  const killing = setTimeout(() => child.kill("SIGKILL"), eofMillis)
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
  clearTimeout(killing)
}

export const endChildren = async (): Promise<void> => {
  await Promise.all([...children].map(end))
}
