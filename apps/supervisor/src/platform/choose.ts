// Which containment is in force here, found by trying it, and why it is not a better one.
import { spawnSync } from "node:child_process"
import { accessSync, constants } from "node:fs"
import type { Containment } from "./containment.ts"
import { darwin } from "./darwin.ts"
import { linux } from "./linux.ts"
import { parseLockLimit, readLockLimit } from "./proc.ts"
import { mintInstall, mintToken } from "../token.ts"
import { whyNotWindows } from "./win32.ts"

/** The self-test runs `cat`; slower than this, the machine has other troubles. */
const selfTestMillis = 5000
/** Nothing limits us: above every token. */
const noCeiling = 1n << 63n
const folders = ["/usr/bin", "/bin", "/usr/local/bin", "/run/current-system/sw/bin"]

type Wrapper = (token: string) => readonly string[]

/** How a token can be set, best first. Each execs what follows it, so that the pid stays. */
const wrappers: readonly { readonly program: string; readonly wrap: (path: string) => Wrapper }[] = [
  { program: "prlimit", wrap: (path) => (token) => [path, `--locks=${token}:${token}`, "--"] },
  { program: "sh", wrap: (path) => (token) => [path, "-c", 'ulimit -w "$0" && exec "$@"', token] },
  { program: "bash", wrap: (path) => (token) => [path, "-c", 'ulimit -x "$0" && exec "$@"', token] },
]

export interface Choice {
  /** `ps` or `linux-plain` ask for a lower tier; anything else: the best that works. */
  readonly wish: string | undefined
  readonly install: number
  readonly platform: string
  /** A sweep launches nothing: it needs no way to set tokens, only to read them. */
  readonly role: "supervisor" | "sweep"
}

/** A text where this system cannot contain anything. */
export function chooseContainment({ wish, install, platform, role }: Choice): Containment | string {
  if (platform === "win32") return whyNotWindows
  if (platform === "darwin") return darwin({ tier: "darwin", tierReason: "best effort: macOS has no mark that a process cannot shed" })
  if (platform !== "linux") return `Corral does not know how to contain processes on ${platform}.`
  if (wish === "ps") return darwin({ tier: "linux-ps", tierReason: "asked for by CORRAL_TIER" })
  if (wish === "linux-plain") return plain(install, "asked for by CORRAL_TIER")
  return role === "sweep" ? plain(install, "a sweep launches nothing") : byToken(install)
}

function byToken(install: number): Containment {
  const tokenCeiling = BigInt(readLockLimit("self") ?? noCeiling)
  // Not of this install: a supervisor that serves it already would take the test for a stray.
  const token = mintToken(mintInstall(), tokenCeiling, () => false)
  if (token === null) return plain(install, "Corral runs inside too many Corrals: no room for another token below the limit of file locks")
  for (const { program, wrap } of wrappers) {
    const path = findProgram(program)
    if (path === null || !bearsIt(wrap(path), token)) continue
    return linux({ tier: "linux-token", tierReason: null, install, wrapper: wrap(path), tokenCeiling })
  }
  return plain(install, "a limit of file locks that was set did not come back: install util-linux for its prlimit, or leave the sandbox")
}

function plain(install: number, tierReason: string): Containment {
  return linux({ tier: "linux-plain", tierReason, install, wrapper: null, tokenCeiling: null })
}

function bearsIt(wrapper: Wrapper, token: string): boolean {
  const [program, ...args] = [...wrapper(token), "cat", "/proc/self/limits"]
  const run = spawnSync(program, args, { encoding: "latin1", timeout: selfTestMillis, stdio: ["ignore", "pipe", "ignore"] })
  return run.status === 0 && parseLockLimit(run.stdout) === token
}

/** Not through PATH alone: the environment of a service may have none. */
function findProgram(name: string): string | null {
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
