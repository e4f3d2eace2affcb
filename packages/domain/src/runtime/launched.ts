// Whether an agent was seen to run: then there was a tree, whatever is known of it now.
import type { Runtime } from "@corral/contracts/runtime"

/** `tier` comes with the launch and goes with the proof. Survivors are seen too; without a `tier` where nobody knew of their tree. */
export const wasLaunched = ({ state, treeId, tier }: Runtime): boolean =>
  tier !== null || state === "stuck" || (state === "stopping" && treeId === null)
