// One owner per home: a file made by link(2) that names a living process. Stale only when that process is really gone.
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { oneOf, optional, struct, text, whole } from "./shape.ts"

/** A sweep ends within this or has no chance; whoever waits for it gives up then. */
const maxSweepMillis = 20_000
const pollMillis = 20

export interface Holder {
  readonly pid: number
  readonly start: number
  readonly boot: string
  readonly role: "supervisor" | "sweep"
  /** Where its pid counts: a sealed session and a container have numbers of their own. Missing: the system has but one space. */
  readonly space?: string | undefined
}
const isHolder = struct({ pid: whole, start: whole, boot: text, role: oneOf("supervisor", "sweep"), space: optional(text) })

export interface Lock {
  readonly release: () => void
}

/** Two who read the same stale file at the same time cannot both get it. A `Holder` in return: it lives and keeps the lock. */
export async function takeLock(path: string, self: Holder, isAlive: (holder: Holder) => boolean): Promise<Lock | Holder> {
  const end = performance.now() + maxSweepMillis
  for (;;) {
    const other = succeed(path, self, isAlive)
    if (!other) return { release: () => release(path, self) }
    if (other.role === "supervisor" || self.role === "sweep" || performance.now() > end) return other
    await sleep(pollMillis)
  }
}

/**
 * Puts our name at `path`, or gives the living holder. A dead holder is succeeded by whoever takes the lock named after it
 * (`path` + its identity), which is the same deed one step on; the heir then replaces the file, if it still names the dead one.
 */
function succeed(path: string, self: Holder, isAlive: (holder: Holder) => boolean): Holder | null {
  for (;;) {
    if (claim(path, self)) return null
    const holder = read(path)
    if (holder === null) continue
    if (holder !== "damaged" && isAlive(holder)) return holder
    const heirs = holder === "damaged" ? `${path}.damaged` : `${path}.${holder.pid}-${holder.start}`
    const other = succeed(heirs, self, isAlive)
    if (other) return other
    const still = read(path)
    const isUnchanged = JSON.stringify(still) === JSON.stringify(holder)
    if (isUnchanged) replace(path, self)
    unlinkSync(heirs)
    if (isUnchanged) return null
  }
}

/** False: the file is there already. */
function claim(path: string, self: Holder): boolean {
  const draft = writeDraft(path, self)
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  } finally {
    unlinkSync(draft)
  }
}

function replace(path: string, self: Holder): void {
  renameSync(writeDraft(path, self), path)
}

function writeDraft(path: string, self: Holder): string {
  const draft = `${path}.draft-${self.pid}-${self.start}`
  writeFileSync(draft, `${JSON.stringify(self)}\n`, { mode: 0o600 })
  return draft
}

/** Null: no file any more. `damaged`: written by a machine that lost power in between; names nobody who could live. */
function read(path: string): Holder | "damaged" | null {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, "utf8"))
    return isHolder(holder) ? holder : "damaged"
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT" ? null : "damaged"
  }
}

function release(path: string, self: Holder): void {
  const holder = read(path)
  if (holder !== null && holder !== "damaged" && holder.pid === self.pid && holder.start === self.start) unlinkSync(path)
}
