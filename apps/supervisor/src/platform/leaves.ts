// Leaves: a cgroup (v2) of its own for each tree, below our own one, where the system has delegated that to us. Whoever is born in it is in
// it, and one write ends all of them at once, those too that are being forked meanwhile.
import { randomBytes } from "node:crypto"
import { accessSync, constants, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import type { Sent } from "./containment.ts"
import { findProgram, tryOut } from "./programs.ts"

/** An agent may divide its own leaf (podman, a Corral inside). Beyond so many parts we look no further; tokens still tell. */
const maxParts = 1000
/** Joins by itself, then becomes the agent: nobody of it was ever outside. */
const joining = 'echo 0 > "$0/cgroup.procs" && exec "$@"'
const testCode = 7
/** A group that was removed says ENODEV to whoever has just opened it. */
const answers: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR", "ENODEV", "ESRCH", "EACCES", "EPERM"])

export interface Leaves {
  /** Where the leaf of this tree will be; null: this tier has none. */
  pathFor(serial: string): string | null
  /** Makes it. A text: why it could not be made. */
  make(path: string): string | null
  /** The command that joins it and then execs what follows. */
  join(path: string): readonly string[]
  /** What the paths of all leaves of this very supervisor begin with, and those of nobody else; null: this tier has none. */
  readonly beginning: string | null
}

export const noLeaves: Leaves = { pathFor: () => null, make: () => null, join: () => [], beginning: null }

/** A text: why there can be none here. */
export function findLeaves(install: number): Leaves | string {
  const base = ownGroup()
  const sh = findProgram("sh")
  if (base === null) return "there is no cgroup v2 here, or it is not mounted"
  if (sh === null) return "sh cannot be found"
  let isCleared = false
  // Its own watcher ends all of it at once, and must meet nobody that another supervisor of this home started.
  const beginning = join(base, `corral-${install}-${randomBytes(6).toString("hex")}-`)
  const leaves: Leaves = {
    pathFor: (serial) => beginning + serial,
    make: (path) => {
      if (!isCleared) clearEmpty(base, `corral-${install}-`)
      isCleared = true
      return attempt(() => mkdirSync(path))
    },
    join: (path) => [sh, "-c", joining, path],
    beginning,
  }
  return whyNot(leaves, join(base, `corral-${install}-test-${process.pid}`)) ?? leaves
}

/** Everybody who is in the leaf or below it now, whatever mark they bear. */
export function pidsIn(leaf: string): readonly number[] {
  return partsOf(leaf).flatMap((part) => (read(join(part, "cgroup.procs")) ?? "").split("\n").filter(Boolean).map(Number))
}

/** Told by the process itself; the leaf's name is given once. */
export function isIn(leaf: string, pid: number): boolean {
  const name = basename(leaf)
  return (read(`/proc/${pid}/cgroup`) ?? "").split("\n").some((line) => line.startsWith("0::") && line.split("/").includes(name))
}

/** Whoever calls it has seen a member in it in the same tick. */
export function killLeaf(leaf: string): Sent {
  return attempt(() => writeFileSync(join(leaf, "cgroup.kill"), "1")) === null ? "sent" : "denied"
}

/** One with somebody in it stays: the system refuses. */
export function dropLeaf(leaf: string): void {
  attempt(() => {
    for (const part of partsOf(leaf).toReversed()) rmdirSync(part)
  })
}

/** Joins and ends itself by `cgroup.kill`: both must work. */
function whyNot(leaves: Leaves, leaf: string): string | null {
  const unmade = attempt(() => mkdirSync(leaf))
  if (unmade !== null) return `our own cgroup is not ours to divide (${dirname(leaf)}): ${unmade}`
  try {
    accessSync(join(leaf, "cgroup.kill"), constants.W_OK)
    const { signal, complaint } = tryOut([...leaves.join(leaf), "/bin/sh", "-c", `echo 1 > '${leaf}/cgroup.kill'; exit ${testCode}`])
    return signal === "SIGKILL" ? null : complaint || "a process in a cgroup of its own was not ended by cgroup.kill"
  } catch {
    return "this kernel has no cgroup.kill: that came with Linux 5.14"
  } finally {
    dropLeaf(leaf)
  }
}

/** What a former supervisor was not able to remove any more. Not before there is a launch: then the home is ours. */
function clearEmpty(base: string, prefix: string): void {
  for (const name of list(base)) if (name.startsWith(prefix)) dropLeaf(join(base, name))
}

/** Ours in the one hierarchy of cgroup v2, as a folder. */
function ownGroup(): string | null {
  const own = /^0::(\/.*)$/m.exec(read("/proc/self/cgroup") ?? "")?.[1]
  const mounted = (read("/proc/self/mountinfo") ?? "").split("\n").find((line) => / - cgroup2 /.test(line))
  const [, , , root = "/", mount] = mounted?.split(" ") ?? []
  if (own === undefined || mount === undefined || own.split("/").includes("..")) return null
  const below = root === "/" ? own : own.slice(root.length)
  return join(mount, below)
}

/** The leaf and what it was divided into, outermost first. */
function partsOf(leaf: string): readonly string[] {
  const parts = [leaf]
  for (let at = 0; at < parts.length && parts.length < maxParts; at += 1) {
    const part = parts[at]
    if (part !== undefined) parts.push(...list(part).map((name) => join(part, name)))
  }
  return parts
}

function list(folder: string): readonly string[] {
  const entries = look(() => readdirSync(folder, { withFileTypes: true })) ?? []
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
}

const read = (path: string): string | null => look(() => readFileSync(path, "latin1"))

/** Null: it is not there, or not for us. Throws where we could not look: that is no answer. */
function look<A>(reading: () => A): A | null {
  try {
    return reading()
  } catch (error) {
    if (error instanceof Error && "code" in error && answers.has(error.code)) return null
    throw error
  }
}

/** Null: it is done. */
function attempt(act: () => unknown): string | null {
  try {
    act()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
