// Every process of this machine, as the kernel lists them. Shares nothing with the supervisor's own scan: it is there to judge it.
import { readFileSync, readdirSync, readlinkSync } from "node:fs"

export interface MachineProcess {
  readonly pid: number
  /** Start in clock ticks since boot; with `pid` the identity of a process. */
  readonly start: string
  readonly ppid: number
  readonly sid: number
  readonly command: string
}

/** What is alive; a zombie holds nothing and is not, unless another of its threads works on. */
export const machineProcesses = (): readonly MachineProcess[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)))

export const identityOf = ({ pid, start }: { readonly pid: number; readonly start: string }): string => `${pid}@${start}`

export const isAlive = (process: { readonly pid: number; readonly start: string }): boolean =>
  readProcess(process.pid).some((now) => now.start === process.start)

/** Everything below `pids`, they themselves too. */
export const descendantsOf = (pids: readonly number[], list = machineProcesses()): readonly MachineProcess[] => {
  const found = new Set(pids)
  for (let size = -1; size !== found.size;) {
    size = found.size
    for (const { pid, ppid } of list) if (found.has(ppid)) found.add(pid)
  }
  return list.filter(({ pid }) => found.has(pid))
}

/** Processes that hold `path` open. Those of other users, and those that forbid it, cannot be asked. */
export const holdersOf = (path: string): readonly MachineProcess[] =>
  machineProcesses().filter(({ pid }) => pid !== process.pid && openFilesOf(pid).includes(path))

/** Whether this process shows `text` in its command, its folder or its environment. */
export const mentions = ({ pid, command }: MachineProcess, text: string): boolean =>
  command.includes(text) || quietly(() => readlinkSync(`/proc/${pid}/cwd`)).includes(text) || environmentOf(pid).includes(text)

export const describeProcess = ({ pid, ppid, sid, command }: MachineProcess): string =>
  `pid ${pid} (parent ${ppid}, session ${sid}): ${command.slice(0, 160)}`

export const readProcess = (pid: number): readonly MachineProcess[] => {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, "utf8"))
  // The name stands in brackets and may hold anything, brackets too: fields are counted from the last one.
  const [state, ppid, , sid, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  const [threads, start] = [Number(fields[13]), fields[15]]
  if (start === undefined || ((state === "Z" || state === "X") && threads <= 1)) return []
  const command = quietly(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"))
    .replaceAll("\0", " ")
    .trim()
  const name = stat.slice(stat.indexOf("("), stat.lastIndexOf(")") + 1)
  return [{ pid, start, ppid: Number(ppid), sid: Number(sid), command: command === "" ? name : command }]
}

const environmentOf = (pid: number): string => quietly(() => readFileSync(`/proc/${pid}/environ`, "utf8"))

const openFilesOf = (pid: number): readonly string[] => {
  const folder = `/proc/${pid}/fd`
  return quietly(() => readdirSync(folder).map((fd) => quietly(() => readlinkSync(`${folder}/${fd}`))), [])
}

/** A process may leave while it is read, and some do not let themselves be read. */
function quietly(read: () => string): string
function quietly<A>(read: () => A, otherwise: A): A
function quietly<A>(read: () => A, otherwise: A | "" = ""): A | "" {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** Forked and not yet the program that it is to be: it still is called what its parent is. */
export const isHalfStarted = ({ ppid, command }: MachineProcess, all: readonly MachineProcess[]): boolean =>
  all.some((parent) => parent.pid === ppid && parent.command === command)
