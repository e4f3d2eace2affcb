// The server takes a tree's pipes over: output it has not acknowledged is told again, then what comes.
import type { TreeId } from "@corral/contracts/ids"
import { maxStateChars } from "@corral/contracts/limits"
import type { Asks } from "@corral/contracts/supervisor"
import { Refusal } from "./refusal.ts"
import type { Supervision } from "./supervision.ts"
import type { Tree } from "./tree.ts"

/** Also for a root that has left: what is kept is told first, then its exit. */
export async function attach(s: Supervision, { treeId, after }: Asks["attach"]["takes"]): Promise<Asks["attach"]["gives"] | Refusal> {
  await s.trees.get(treeId)?.settled
  const tree = withPipes(s, treeId)
  const { listener } = s.line
  if (!tree?.pipes || !tree.root || !listener) return unknown(treeId)
  const attached = tree.pipes.attach(after, listener)
  return attached instanceof Refusal ? attached : { pid: tree.root.pid, ...attached }
}

export async function write(s: Supervision, ask: Asks["write"]["takes"]): Promise<Asks["write"]["gives"] | Refusal> {
  const { treeId, lines, bookmark } = ask
  if (bookmark && bookmark.state.length > maxStateChars) return new Refusal("too-large", "a bookmark holds too much")
  if (lines.some((line) => line.includes("\n"))) return new Refusal("bad-request", "a line may not hold a line end")
  await s.trees.get(treeId)?.settled
  const tree = withPipes(s, treeId)
  if (!tree?.pipes) return unknown(treeId)
  return (await tree.pipes.write(lines, bookmark)) ?? {}
}

export function acknowledge(s: Supervision, treeId: TreeId, n: number): void {
  withPipes(s, treeId)?.pipes?.acknowledge(n)
  if (!s.finished.get(treeId)?.pipes?.isSpent()) return
  s.finished.get(treeId)?.pipes?.close()
  s.finished.delete(treeId)
}

/** The line broke: all output waits from now on. */
export function detachAll(s: Supervision): void {
  for (const tree of [...s.trees.values(), ...s.finished.values()]) tree.pipes?.detach()
}

function withPipes(s: Supervision, treeId: TreeId): Tree | undefined {
  return s.trees.get(treeId) ?? s.finished.get(treeId)
}

function unknown(treeId: TreeId): Refusal {
  return new Refusal("unknown-tree", `no pipes of a tree ${treeId} are held here: it was never launched, or all of it is told`)
}
