// Processes that pretend to be coding agents and MCP servers of somebody else: named like them, and not Corral's. Whoever made them ends
// them, each by pid and start, where a story did not.
import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { until } from "./deadline.ts"
import { descendantsOf, isAlive, isHalfStarted, type MachineProcess } from "./machine.ts"
import { makeScratch } from "./scratch.ts"

const withinMillis = 20_000
/** On a command line of an MCP server, and never to be shown. */
export const secret = "do-not-tell-anybody"

export interface Pretenders {
  readonly folder: string
  /** `claude` (one process), `codex` (three: it has an MCP server), `gemini` (two, its shell deaf to TERM). A child of this test, with all below it. */
  readonly start: (
    name: string,
    args: readonly string[],
    over?: { readonly count?: number; readonly uid?: number },
  ) => Promise<readonly MachineProcess[]>
  /** The same, and whoever started it is gone. */
  readonly startOrphan: (name: string, args: string) => Promise<readonly MachineProcess[]>
  /** So many below this pid; theirs is the end too. */
  readonly seen: (pid: number, count: number) => Promise<readonly MachineProcess[]>
  readonly living: () => readonly MachineProcess[]
  readonly end: () => Promise<void>
}

export const makePretenders = (): Pretenders => {
  const { folder, drop } = makeScratch()
  const started: MachineProcess[] = []
  const script = (name: string, lines: string) => writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 })
  copyFileSync("/bin/sleep", join(folder, "claude"))
  chmodSync(join(folder, "claude"), 0o755)
  writeFileSync(join(folder, "mcp-server-notes.mjs"), "setInterval(() => {}, 1000)")
  script("codex", `'${process.execPath}' '${join(folder, "mcp-server-notes.mjs")}' --api-key ${secret} & sleep 900 & wait`)
  script("gemini", `trap "" TERM; sleep 900 & while :; do wait; done`)
  const seen = async (pid: number, count: number): Promise<readonly MachineProcess[]> => {
    const found = () => {
      const all = descendantsOf([pid])
      return all.length >= count && !all.some((one) => isHalfStarted(one, all)) ? all : undefined
    }
    const { seen: all } = await until(found, {
      what: `${count} of pid ${pid}`,
      withinMillis,
    })
    started.push(...all)
    return all
  }
  const living = () => started.filter(isAlive)
  return {
    folder,
    seen,
    living,
    start: (name, args, { count = 1, uid = process.getuid?.() ?? 0 } = {}) => {
      const env = { PATH: "/usr/bin:/bin" }
      const child: ChildProcess = spawn(join(folder, name), args, { cwd: folder, stdio: "ignore", uid, env })
      return seen(child.pid ?? 0, count)
    },
    startOrphan: (name, args) => {
      const file = join(folder, "pid")
      spawnSync("sh", ["-c", `( setsid '${join(folder, name)}' ${args} > /dev/null 2>&1 < /dev/null & echo $! > '${file}' )`])
      return seen(Number(readFileSync(file, "utf8")), 1)
    },
    end: async () => {
      // What they started meanwhile is theirs, and stays without them.
      started.push(...descendantsOf(living().map(({ pid }) => pid)))
      for (const one of started) if (isAlive(one)) process.kill(one.pid, "SIGKILL")
      await until(() => living().length === 0 || undefined, { what: "the end of what the story started", withinMillis })
      drop()
    },
  }
}
