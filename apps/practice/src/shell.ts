// A shell command of this agent, in a process group of its own so that it can be ended with all that it started in it.
import { spawn } from "node:child_process"

/** What is kept of a command's output, in UTF-16 units: enough to read, bounded. */
const maxOutputChars = 256 * 1024

export interface Shell {
  readonly command: string
  readonly pid: number | undefined
  /** What it has printed so far, both streams; the end of a flood is dropped, and that is marked. */
  readonly output: () => string
  readonly done: Promise<{ readonly code: number | null; readonly signal: string | null }>
  readonly end: () => void
}

const running = new Set<Shell>()

export function startShell(command: string, cwd: string, onOutput: () => void = () => undefined): Shell {
  const child = spawn("/bin/sh", ["-c", command], { cwd, stdio: ["ignore", "pipe", "pipe"], detached: true })
  let output = ""
  let dropped = false
  const take = (chunk: string) => {
    dropped ||= output.length + chunk.length > maxOutputChars
    output = (output + chunk).slice(0, maxOutputChars)
    onOutput()
  }
  child.stdout.setEncoding("utf8").on("data", take)
  child.stderr.setEncoding("utf8").on("data", take)
  const done = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("error", (error) => {
      take(error.message)
      resolve({ code: 127, signal: null })
    })
    // Not `close`: a child left behind by the command may hold the pipes for ever.
    child.once("exit", (code, signal) => setImmediate(() => resolve({ code, signal })))
  })
  const shell: Shell = {
    command,
    pid: child.pid,
    output: () => (dropped ? `${output}\n[the rest was dropped]` : output),
    done,
    // The number of a group whose leader was waited for may be another's by now. What such a command left behind is for the supervisor.
    end: () => child.exitCode === null && child.signalCode === null && endGroup(child.pid),
  }
  running.add(shell)
  void done.then(() => running.delete(shell))
  return shell
}

/** A polite agent takes its commands with it. */
export function endShells(): void {
  for (const shell of running) shell.end()
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, "SIGKILL")
  } catch {
    // The group is empty: there is nothing left to end.
  }
}
