// Processes of one session as lines of a tree: each below its parent, with its depth.
import type { Process } from "@corral/contracts/tree"

type Linked = Pick<Process, "pid" | "ppid">

export interface TreeLine<P extends Linked = Process> {
  readonly process: P
  readonly depth: number
}

export const inTreeOrder = <P extends Linked>(processes: readonly P[]): readonly TreeLine<P>[] => {
  const pids = new Set(processes.map((process) => process.pid))
  const seen = new Set<number>()
  const below = (parents: readonly P[], depth: number): readonly TreeLine<P>[] =>
    parents.flatMap((process) => {
      if (seen.has(process.pid)) return []
      seen.add(process.pid)
      const children = processes.filter((one) => one.ppid === process.pid && one.pid !== process.pid)
      return [{ process, depth }, ...below(children, depth + 1)]
    })
  const roots = processes.filter((process) => !pids.has(process.ppid) || process.ppid === process.pid)
  const lines = below(roots, 0)
  // A ring of parents cannot be, but what is there is shown all the same.
  return [...lines, ...processes.filter((process) => !seen.has(process.pid)).map((process) => ({ process, depth: 0 }))]
}

/** What a person knows a process by: its program, and for an interpreter its script. */
export const processName = (command: string): string => {
  const [program = "", ...rest] = command.split(" ").filter((part) => part !== "")
  const name = baseOf(program)
  if (!/^(node|bun|deno|python[\d.]*|ruby|npx|npm|uv|sh|bash|zsh|dash)$/.test(name)) return name
  const script = rest.find((part) => !part.startsWith("-"))
  return script === undefined || rest[0] === "-c" || rest[0] === "-lc" || rest[0] === "-e" ? name : `${name} ${baseOf(script)}`
}

const baseOf = (path: string): string => path.split("/").at(-1) ?? path
