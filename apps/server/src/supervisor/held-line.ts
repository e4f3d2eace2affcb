// A tree's pipes as they were taken over: what the supervisor said about them, put to the line.
import type { Asks } from "@corral/contracts/supervisor"
import type { HeldLine, TreeLine } from "./supervisor.ts"

export const heldLine = (line: Omit<TreeLine, "pid">, { pid, state, after, kept }: Asks["attach"]["gives"]): HeldLine => ({
  ...line,
  pid,
  state,
  said: kept === 0 ? 0 : after + kept,
})
