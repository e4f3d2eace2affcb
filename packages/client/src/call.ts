// Questions to the server: one frame, one answer.
import type { Calls, Method } from "@corral/contracts/rpc"
import { Disconnected } from "./errors.ts"
import type { Line } from "./line.ts"
import { Pending } from "./pending.ts"

/** Questions without an answer yet. A client with more of them has a loop in it. */
const mostCalls = 256

export function pendingCalls(line: Line): Pending {
  return new Pending(line, { most: mostCalls, isSentAgain: false })
}

export async function call<M extends Method>(pending: Pending, method: M, payload: Calls[M]["takes"]): Promise<Calls[M]["gives"]> {
  const ok = await pending.ask(method, payload)
  if (isGiven(method, ok)) return ok
  throw new Disconnected("the answer was empty")
}

/** The shape is trusted: hello has told that both sides speak the same version, and the server's types hold its answers to it. */
function isGiven<M extends Method>(_method: M, ok: unknown): ok is Calls[M]["gives"] {
  return ok !== undefined
}
