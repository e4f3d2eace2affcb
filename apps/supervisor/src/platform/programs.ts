// Finds and tries the system's own programs by which a tier contains: whether they are there, and whether they do what they promise.
import { spawnSync } from "node:child_process"
import { accessSync, constants } from "node:fs"

/** A self-test runs a shell and `cat`; slower than this, the machine has other troubles. */
const selfTestMillis = 5000
const folders = ["/usr/bin", "/bin", "/usr/local/bin", "/run/current-system/sw/bin"]

export interface Tried {
  readonly code: number | null
  readonly signal: string | null
  readonly output: string
  /** The first line that was said on stderr, or why it could not be run. */
  readonly complaint: string
}

/** By KILL where it takes too long: what holds a namespace does not hear TERM. */
export function tryOut([program = "", ...args]: readonly string[]): Tried {
  const stop = { timeout: selfTestMillis, killSignal: "SIGKILL" } as const
  const run = spawnSync(program, args, { ...stop, encoding: "latin1", stdio: ["ignore", "pipe", "pipe"] })
  if (run.error) return { code: null, signal: run.signal, output: "", complaint: run.error.message }
  return { code: run.status, signal: run.signal, output: run.stdout, complaint: run.stderr.split("\n")[0]?.trim() ?? "" }
}

/** Not through PATH alone: the environment of a service may have none. */
export function findProgram(name: string): string | null {
  const inPath = (process.env["PATH"] ?? "").split(":").filter((folder) => folder.startsWith("/"))
  for (const folder of [...folders, ...inPath]) {
    try {
      accessSync(`${folder}/${name}`, constants.X_OK)
      return `${folder}/${name}`
    } catch {
      continue
    }
  }
  return null
}
