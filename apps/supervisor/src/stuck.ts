// Tries again what is stuck: trees that could not be ended, or whose proof could not be written, and strays that are no better.
import type { StopOrder } from "./stop-order.ts"
import { stopTree } from "./stop.ts"
import { endStray } from "./stray.ts"
import type { Supervision } from "./supervision.ts"
import type { Tree } from "./tree.ts"

/** For a launch that could not be undone: nobody ordered its end. */
const again: StopOrder = { reason: "stop", askedBy: "audit", from: "kill" }

/** A new certificate only when it is gone at last; the one that said `stuck` stands until then. With nothing stuck it does not even look. */
export async function retryStuck(s: Supervision): Promise<void> {
  if (!hasStuck(s)) return
  const [trees, strays] = [[...s.trees.values()].filter(isStuck), [...s.strays.values()].filter(isStuck)]
  const marks = [...trees, ...strays].map((tree) => tree.mark)
  const { members, complete } = await s.containment.lookFully(marks, (member) => s.containment.signal(member, "SIGKILL"))
  const isEmpty = (tree: Tree): boolean => complete && members.get(tree.mark)?.length === 0
  await Promise.all([
    // That it is stuck was said, also of a short command; so is that it is gone.
    ...trees.filter(isEmpty).map((tree) => stopTree(s, tree, { ...(tree.lastStop ?? again), from: "kill", isQuiet: false })),
    ...strays.filter(isEmpty).map((tree) => endStray(s, tree)),
  ])
}

export function hasStuck(s: Supervision): boolean {
  return [...s.trees.values(), ...s.strays.values()].some(isStuck)
}

function isStuck(tree: Tree): boolean {
  return tree.state === "stuck" && !tree.stopping
}
