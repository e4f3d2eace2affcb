// Gives an order; that the domain rejects it is the command's failure.
import type { Connection } from "@corral/client/connect"
import type { ClientCommand } from "@corral/contracts/command"
import { rejected } from "./failure.ts"

/** The number of the last event it made; it is on disk. */
export async function order(connection: Connection, command: ClientCommand): Promise<number> {
  const receipt = await connection.dispatch(command)
  if (receipt._tag === "rejected") throw rejected(receipt.rejection)
  return receipt.seq
}
