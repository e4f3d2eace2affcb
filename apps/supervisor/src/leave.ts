// The server leaves on purpose: everything ends with it, or is held for its next start.
import type { Asks } from "@corral/contracts/supervisor"
import { stopAll } from "./stop.ts"
import type { Supervision } from "./supervision.ts"

/** All rungs together fit into the 8 s that a shutdown may take: less than any service manager gives. */
const shutdownBudgets = { protocol: 1000, eof: 2500, term: 1500, kill: 2500 }

/** What is stuck keeps us here. Then another server may come, and its hello opens again (`hold.ts`). */
export async function leave(s: Supervision, { how, now, askedBy = "server" }: Asks["leave"]["takes"]): Promise<Asks["leave"]["gives"]> {
  if (how === "restart") return { stopped: 0, left: 0 }
  s.closing ??= { why: "the server is shutting down", isForGood: false }
  return await stopEverything(s, { askedBy, now })
}

/** No launch ever after. Asked again with `now`: straight to KILL. */
export async function shutDown(s: Supervision, how: { readonly askedBy: string; readonly now: boolean }): Promise<void> {
  s.closing = { why: "the supervisor is shutting down", isForGood: true }
  await stopEverything(s, how)
}

function stopEverything(s: Supervision, { askedBy, now }: { readonly askedBy: string; readonly now: boolean }) {
  return stopAll(s, { reason: "shutdown", askedBy, from: now ? "kill" : null, saysFarewell: true, atMost: shutdownBudgets })
}
