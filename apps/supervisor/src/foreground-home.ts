// The home of one command in the foreground: a folder of its own, so that it works beside any supervisor and without one.
import { mkdirSync, readdirSync, rmSync } from "node:fs"
import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { establish, superviseWith } from "./establish.ts"
import { sweepFormer } from "./sweep.ts"

/** Below CORRAL_HOME. */
const folderOfRuns = "runs"

export const newRunHome = (home: string): string => join(home, folderOfRuns, randomBytes(6).toString("hex"))

/** What runs left that were killed together with their watchers is ended first; then their folders go. */
export async function clearFormerRuns(home: string): Promise<void> {
  const runs = join(home, folderOfRuns)
  mkdirSync(runs, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(runs)) await clear(join(runs, name))
}

async function clear(folder: string): Promise<void> {
  // One of another pid namespace cannot be seen from here: it is left to whoever can, or to the next boot.
  const established = await establish(folder, "sweep", "alive")
  // Somebody is at work there, or it cannot be looked at: then it is not ours to clear.
  if ("kind" in established) return
  const s = superviseWith(established, { armed: async () => false, onGone: () => {} })
  await sweepFormer(s, "supervisor-lost", "corral run")
  established.ledger.close()
  established.lock.release()
  if (s.trees.size === 0) rmSync(folder, { recursive: true, force: true })
}
