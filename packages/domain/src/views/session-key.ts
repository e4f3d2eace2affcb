// What the session of a tree is called over time: its thread, since over sleep and wake each wake is another tree.
import type { Processes } from "@corral/contracts/tree"

export const sessionKey = ({ threads, treeId }: Pick<Processes["trees"][number], "threads" | "treeId">): string =>
  threads[0]?.threadId ?? treeId
