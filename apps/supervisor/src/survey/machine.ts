// Everybody on this machine as seen at one moment, with who is Corral's among them.
import { treeId } from "../contract.ts"
import type { Containment, Listed, Mark, Sighted, Weight } from "../platform/containment.ts"
import { pass, type Fresh, untold } from "../platform/evidence.ts"
import { markOf } from "../tree.ts"
import { corralProgramOf, readInstalls, type Install } from "./installs.ts"

/** A chain of parents longer than this is none: numbers were used again while we looked. */
const maxAncestors = 200

export interface Machine {
  /** Weighs each process once: those of a tree are asked about for themselves, for their tree and for the sum. */
  readonly scales: Containment
  readonly checkedAt: number
  readonly rows: readonly Listed[]
  readonly byPid: ReadonlyMap<number, Listed>
  readonly installs: readonly Install[]
}

export function readMachine(containment: Containment, ownHome: string): Machine {
  const rows = containment.list()
  const byPid = new Map(rows.map((row) => [row.pid, row]))
  return { scales: weighingOnce(containment), checkedAt: Date.now(), rows, byPid, installs: readInstalls(ownHome, rows) }
}

function weighingOnce(containment: Containment): Containment {
  const weights = new Map<number, Weight | null>()
  const weigh = (pid: number): Weight | null => {
    const weight = weights.has(pid) ? (weights.get(pid) ?? null) : containment.weigh(pid)
    weights.set(pid, weight)
    return weight
  }
  // A command line is a question of its own on some systems, and is known already.
  return { ...containment, weigh, commandOf: ({ name }) => name }
}

/** The nearest first. Nobody is younger than a child of theirs; who seems to be has a number that was used again. */
export function ancestorsOf({ byPid }: Machine, row: Listed): readonly Listed[] {
  const found: Listed[] = []
  for (let at = byPid.get(row.ppid); at && found.length < maxAncestors; at = byPid.get(at.ppid)) {
    const child = found.at(-1) ?? row
    if (at.start > child.start || found.includes(at)) break
    found.push(at)
  }
  return found
}

/** What the named are and all that is proved to be below them: by parents, and by sessions that they made. */
export function markOfNamed(named: readonly Listed[]): Mark {
  const id = `doctor_${process.pid}`
  if (!treeId(id)) throw new Error(`${id} is no name for a tree`)
  const mark = markOf(id, { serial: "none", tier: "none" })
  for (const { pid, start } of named) mark.known.set(pid, start)
  return mark
}

export function treeBelow(machine: Machine, named: readonly Listed[]): readonly Sighted[] {
  const mark = markOfNamed(named)
  // One listing is all there is: `pass` asks again until nothing new comes.
  let rows = machine.rows
  const fresh = (): Fresh => {
    const given = { rows, missed: 0 }
    rows = []
    return given
  }
  return pass({ fresh, ...untold, isWhole: true }, [mark], () => {}).members.get(mark) ?? []
}

/** Corral's own server, supervisor, watcher or `corral run`; null: none of these. */
export function corralsOwn({ installs }: Machine, { pid, words }: Listed): { readonly role: string; readonly home: string | null } | null {
  const program = corralProgramOf(words)
  if (program !== null) return program
  const served = installs.find(({ serverPid }) => serverPid === pid)
  const isServer = served !== undefined && words.some((word) => /(?:^|\/)server\.mjs$/.test(word))
  return isServer ? { role: "server", home: served.home } : null
}
