// A tree as the server sees it, with the threads it serves.
import type { Processes } from "@corral/contracts/tree"

export type SeenTree = Processes["trees"][number]
