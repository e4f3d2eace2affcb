// The server leaves on purpose: everything ends with it, or is held for its next start.
import type { Asks } from "@corral/contracts/supervisor"
import { stopAll } from "./stop.ts"
import type { Supervision } from "./supervision.ts"

/** All rungs together fit into the 8 s that a shutdown may take: less than any service manager gives. */
const shutdownBudgets = { protocol: 1000, eof: 2500, term: 1500, kill: 2500 }

export async function leave(s: Supervision, { how, now }: Asks["leave"]["takes"]): Promise<Asks["leave"]["gives"]> {
  if (how === "restart") return { stopped: 0, left: 0 }
  return await shutDown(s, { askedBy: "server", now })
}

/** No launch from now on; all trees end in parallel. Asked again with `now`: straight to KILL. */
export async function shutDown(s: Supervision, how: { readonly askedBy: string; readonly now: boolean }): Promise<Asks["leave"]["gives"]> {
  s.closing = "the supervisor is shutting down"
  return await stopAll(s, {
    reason: "shutdown",
    askedBy: how.askedBy,
    from: how.now ? "kill" : null,
    saysFarewell: true,
    atMost: shutdownBudgets,
  })
}
