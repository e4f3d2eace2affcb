// Offers processes to the system for the day when memory runs out.
import { writeFileSync } from "node:fs"

/** Raised above everything a person runs: where memory ends, agents go before editors. Lowering it would need rights. */
export const oomScoreRaise = "500"

/** Whoever it starts from now on is offered too. */
export function offerToOom(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, oomScoreRaise)
  } catch {
    // It has left, or the system does not allow it; nothing depends on it.
  }
}
