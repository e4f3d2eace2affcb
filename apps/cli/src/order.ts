// Gives orders; that the domain rejects one is the command's failure.
import type { Connection } from "@corral/client/connect"
import type { ClientCommand } from "@corral/contracts/command"
import { rejected } from "./failure.ts"

/** Orders on their way at once; a line refuses more than a hundred. */
const atOnce = 50

/** The number of the last event it made; it is on disk. */
export async function order(connection: Connection, command: ClientCommand): Promise<number> {
  const receipt = await connection.dispatch(command)
  if (receipt._tag === "rejected") throw rejected(receipt.rejection)
  return receipt.seq
}

/** However many there are. The first that fails is told; those beside it were given all the same. */
export async function orderAll(connection: Connection, commands: readonly ClientCommand[]): Promise<void> {
  for (let from = 0; from < commands.length; from += atOnce) {
    await Promise.all(commands.slice(from, from + atOnce).map((command) => order(connection, command)))
  }
}
