// Orders that end processes are done when the certificate is there, not when they were taken.
import type { Connection } from "@corral/client/connect"
import type { Certificate } from "@corral/contracts/certificate"
import type { ThreadId } from "@corral/contracts/ids"
import { stopAskerWords } from "@corral/domain/views/stop-asker-words"
import { outcomeWords } from "@corral/domain/views/outcome-words"
import { Failure } from "./failure.ts"
import { bytes, span } from "./format.ts"
import { counted, paint } from "./print.ts"
import { Stops } from "./stops.ts"

/** The ladder ends within 15 s for a tree that does not want to go; what takes longer is told as unproved. */
const proofMillis = 30_000

/**
 * Gives the order and waits until the stop of every one of these threads is proved. Threads whose processes were not running have no
 * certificate. Fails with `Unproved` at the deadline: the order stands, and the certificate will come.
 */
export async function withProof(
  connection: Connection,
  threadIds: readonly ThreadId[],
  give: () => Promise<unknown>,
): Promise<readonly Certificate[]> {
  const stops = new Stops(connection, threadIds)
  try {
    await stops.seen()
    await give()
    return await stops.proved(proofMillis, unproved)
  } finally {
    stops.end()
  }
}

function unproved(threadIds: readonly ThreadId[]): Failure {
  return new Failure("Unproved", `Not seen gone after ${span(proofMillis)}: ${threadIds.join(", ")}. It goes on; next: corral certificates`)
}

/** `5 processes ended, 214 MB freed, 0 left (0.4 s), asked by the command line`; the survivors where there are any. */
export function proofLines(certificates: readonly Certificate[]): string[] {
  return certificates.flatMap((certificate) => {
    const { killed, rungs, freedBytes, left, survivors, unseen, startedAt, endedAt } = certificate
    const how = killed.length > 0 ? `, ${killed.length} by signal` : (rungs.at(-1)?.name ?? "") === "eof" ? ", by itself" : ""
    const proof = `${outcomeWords(certificate)}${how}, ${bytes(freedBytes)} freed, ${left} left (${span(endedAt - startedAt)}), asked by ${stopAskerWords(certificate)}`
    const stuck = survivors.map(({ pid, command }) => paint("red", `    still there: ${pid} ${command}`))
    const blind = unseen === undefined ? [] : [paint("yellow", `    not seen: ${unseen}`)]
    return [`  ${paint(left === 0 ? "green" : "red", proof)}`, ...blind, ...stuck]
  })
}

/** A stop that left something is a failed command. */
export function requireGone(certificates: readonly Certificate[]): void {
  const stuck = certificates.filter(({ outcome }) => outcome === "stuck")
  if (stuck.length === 0) return
  const left = stuck.reduce((sum, { left }) => sum + left, 0)
  throw new Failure("Stuck", `${counted(left, "process", "processes")} could not be ended. Next: corral ps`)
}
