// Orders to the server: sent again under the same id until there is a receipt, so each is done once.
import type { ClientCommand } from "@corral/contracts/command"
import type { CommandId } from "@corral/contracts/ids"
import type { Receipt } from "@corral/contracts/receipt"
import { Disconnected } from "./errors.ts"
import type { Line } from "./line.ts"
import { Pending } from "./pending.ts"

/** Orders without a receipt yet. More are refused, so that a long time without a server does not end in a flood. */
const mostOrders = 100

export function pendingOrders(line: Line): Pending {
  return new Pending(line, { most: mostOrders, isSentAgain: true })
}

export async function dispatch(pending: Pending, command: ClientCommand, commandId: CommandId): Promise<Receipt> {
  const ok = await pending.ask("dispatch", { commandId, command })
  if (isReceipt(ok)) return ok
  throw new Disconnected("the receipt was not one")
}

function isReceipt(ok: unknown): ok is Receipt {
  return typeof ok === "object" && ok !== null && "_tag" in ok && (ok._tag === "accepted" || ok._tag === "rejected")
}
