// Whether there is, or may be, a tree for a session now.
import type { Runtime } from "@corral/contracts/runtime"

/** Asleep: no. Waking: from the launch on; before it a thread only waits to be woken. Stuck: what is left of one. */
export const isHosted = ({ state, treeId }: Runtime): boolean => (state === "waking" ? treeId !== null : state !== "asleep")
