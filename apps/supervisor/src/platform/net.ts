// Which TCP ports processes hold open for others: listening sockets by their inodes, and the processes that have such a file open.
// What is read is bounded and comes in slices.
import { closeSync, openSync, readdirSync, readlinkSync, readSync } from "node:fs"
import { Slice } from "./slice.ts"

/** A process with more open files is a server of its own kind: what it listens on is not looked for. */
const maxFiles = 4096
/** The kernel lists listening sockets before all others, in lines of 150 bytes: this is 1,700 of them. */
const maxTableBytes = 256 * 1024
/** As the kernel writes it: a socket that listens. */
const listening = "0A"

const table = Buffer.allocUnsafe(maxTableBytes)

/** Where it reads: /proc, or what a test makes of it. Null: it has left, or does not show this to us. */
export interface NetSource {
  /** Names the network that the process is in: each has a table of its own. */
  readonly networkOf: (pid: number) => string | null
  /** The tables of TCP sockets in that process's network, as far as they are about those that listen. */
  readonly tablesOf: (pid: number) => readonly string[]
  readonly filesOf: (pid: number) => readonly string[] | null
  readonly targetOf: (pid: number, file: string) => string | null
}

export interface Listening {
  /** Sorted, each once. Whose files cannot be seen, or are too many, is not in it: nothing is known of it. */
  readonly ports: ReadonlyMap<number, readonly number[]>
  /** What looking cost, without the rests between slices. */
  readonly workMillis: number
}

/** A socket that was handed over from another network is not found: it stands in that one's table. */
export async function portsOf(pids: readonly number[], source: NetSource = fromProc): Promise<Listening> {
  const search = new Search(source)
  // Whoever asks has just looked at all processes in one go.
  await search.slice.rest()
  const ports = new Map<number, readonly number[]>()
  for (const pid of pids) {
    const found = await search.portsOf(pid)
    if (found !== null) ports.set(pid, found)
  }
  return { ports, workMillis: search.slice.workMillis }
}

type Sockets = ReadonlyMap<string, number>

class Search {
  readonly slice = new Slice()
  readonly #source: NetSource
  readonly #byNetwork = new Map<string, Sockets>()

  constructor(source: NetSource) {
    this.#source = source
  }

  /** Null: not to be seen. */
  async portsOf(pid: number): Promise<readonly number[] | null> {
    const network = this.#source.networkOf(pid)
    if (network === null) return null
    const sockets = this.#socketsOf(network, pid)
    // Where nobody listens nobody's files need be read.
    const files = sockets.size === 0 ? [] : this.#source.filesOf(pid)
    if (files === null || files.length > maxFiles) return null
    const ports = new Set<number>()
    for (const file of files) {
      const port = sockets.get(this.#source.targetOf(pid, file) ?? "")
      if (port !== undefined) ports.add(port)
      if (this.slice.isOver) await this.slice.rest()
    }
    return [...ports].toSorted((one, other) => one - other)
  }

  #socketsOf(network: string, pid: number): Sockets {
    const known = this.#byNetwork.get(network) ?? socketsOf(this.#source.tablesOf(pid))
    this.#byNetwork.set(network, known)
    return known
  }
}

/** `socket:[inode]`, as a file of a process points at it, and its port. */
function socketsOf(tables: readonly string[]): Map<string, number> {
  const lines = tables.flatMap((text) => text.split("\n"))
  return new Map(lines.map(parseSocket).filter((socket) => socket !== null))
}

/** A line of /proc/net/tcp; null: it is none, or its socket does not listen. */
export function parseSocket(line: string): readonly [string, number] | null {
  const [, local, , state, , , , , , inode] = line.trim().split(/\s+/)
  const port = Number.parseInt(local?.split(":").at(-1) ?? "", 16)
  return state === listening && inode !== undefined && Number.isInteger(port) ? [`socket:[${inode}]`, port] : null
}

const fromProc: NetSource = {
  networkOf: (pid) => unlessHidden(() => readlinkSync(`/proc/${pid}/ns/net`)),
  tablesOf: (pid) => ["tcp", "tcp6"].flatMap((name) => unlessHidden(() => readTable(`/proc/${pid}/net/${name}`)) ?? []),
  filesOf: (pid) => unlessHidden(() => readdirSync(`/proc/${pid}/fd`)),
  targetOf: (pid, file) => unlessHidden(() => readlinkSync(`/proc/${pid}/fd/${file}`)),
}

/** Ports are shown and nothing hangs on them: whatever keeps us from seeing them, they are not told. */
function unlessHidden<A>(read: () => A): A | null {
  try {
    return read()
  } catch {
    return null
  }
}

/** Up to the first line about a socket that does not listen: connections can be ten thousands. */
function readTable(path: string): string {
  const file = openSync(path, "r")
  try {
    let size = 0
    for (;;) {
      const read = readSync(file, table, size, table.length - size, null)
      size += read
      const text = table.toString("latin1", 0, size)
      const last = text.slice(0, text.lastIndexOf("\n")).split("\n").at(-1) ?? ""
      const isPast = size > 300 && parseSocket(last) === null
      if (read === 0 || size === table.length || isPast) return text
    }
  } finally {
    closeSync(file)
  }
}
