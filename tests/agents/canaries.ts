// Bystanders that look like ours and are not: whatever is stopped, they must live on, the same processes as before.
import { spawn, type ChildProcess } from "node:child_process"
import { copyFileSync, chmodSync } from "node:fs"
import { join } from "node:path"
import { once } from "node:events"
import { identityOf, readProcess } from "./machine.ts"

const lifetimeSeconds = "900"
/** Below those of a first and of a second level, so that it can be set where the tests run inside a session of Corral. */
const foreignToken = 2n ** 58n + 12_345n

export interface Canaries {
  readonly pids: readonly number[]
  /** Those that are not what they were. */
  readonly harmed: () => readonly string[]
  readonly end: () => Promise<void>
}

interface Looks {
  readonly as: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly detached?: boolean
}

/** `like`: a tree and a token that exist, to look like; they need not. */
export const startCanaries = async (folder: string, like: { readonly treeId: string; readonly home: string }): Promise<Canaries> => {
  const sleep = join(folder, "claude")
  copyFileSync("/bin/sleep", sleep)
  chmodSync(sleep, 0o755)
  const looks: readonly Looks[] = [
    { as: "a program called claude", command: sleep, args: [], env: {} },
    {
      as: "Corral's variables, as a foreign daemon that our session asked would bear",
      command: "/bin/sleep",
      args: [],
      env: { [`CORRAL_TREE_${like.treeId}`]: "1", CORRAL_HOME: like.home },
    },
    { as: "our variable inside another one", command: "/bin/sleep", args: [], env: { LOG: `saw CORRAL_TREE_${like.treeId}=1 in ps` } },
    { as: "the token of another Corral", command: "prlimit", args: [`--locks=${foreignToken}:${foreignToken}`, "/bin/sleep"], env: {} },
    { as: "a session of its own", command: "/bin/sleep", args: [], env: {}, detached: true },
  ]
  const living = await Promise.all(looks.map((look) => startCanary(folder, look)))
  return {
    pids: living.map(({ pid }) => pid),
    harmed: () => living.filter(({ pid, identity }) => !readProcess(pid).some((now) => identityOf(now) === identity)).map(({ as }) => as),
    end: async () => {
      await Promise.all(living.map(({ child }) => endChild(child)))
    },
  }
}

const startCanary = async (folder: string, { as, command, args, env, detached = false }: Looks) => {
  const child = spawn(command, [...args, lifetimeSeconds], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: "ignore",
    detached,
  })
  await once(child, "spawn")
  const pid = child.pid ?? 0
  const [seen] = readProcess(pid)
  if (seen === undefined) throw new Error(`The canary "${as}" did not live`)
  return { as, child, pid, identity: identityOf(seen) }
}

const endChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, "exit")
  child.kill("SIGKILL")
  await exited
}
