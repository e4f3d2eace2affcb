// Orders that end processes are done when the certificate is there, not when they were taken.
import type { Connection } from "@corral/client/connect"
import type { Certificate } from "@corral/contracts/certificate"
import type { ThreadId } from "@corral/contracts/ids"
import { Failure } from "./failure.ts"
import { bytes, span } from "./format.ts"
import { counted, paint } from "./print.ts"

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
  const awaited = new Set<ThreadId>()
  for (const threadId of threadIds) {
    const { runtime } = await connection.call("thread", { threadId })
    if (runtime.treeId !== null) awaited.add(threadId)
  }
  const proofs = collect(connection, awaited)
  try {
    await give()
    return await proofs.all
  } finally {
    proofs.stop()
  }
}

function collect(connection: Connection, awaited: Set<ThreadId>) {
  const certificates: Certificate[] = []
  const stops: (() => void)[] = []
  const all = new Promise<readonly Certificate[]>((resolve, reject) => {
    const settle = (threadId: ThreadId) => {
      awaited.delete(threadId)
      if (awaited.size === 0) resolve(certificates)
    }
    if (awaited.size === 0) return resolve(certificates)
    const deadline = setTimeout(() => reject(unproved(awaited)), proofMillis)
    stops.push(() => clearTimeout(deadline))
    const take = (certificate: Certificate) => {
      if (!certificate.threadIds.some((threadId) => awaited.has(threadId))) return
      certificates.push(certificate)
      certificate.threadIds.forEach(settle)
    }
    stops.push(connection.watch("certificates", () => ({}), { item: take }))
    // A wake that was cut off before anything ran leaves no certificate, only this event.
    for (const threadId of awaited) {
      const item = (item: { readonly _tag: string; readonly events?: readonly { readonly event: { readonly _tag: string } }[] }) => {
        if (item._tag === "events" && item.events?.some(({ event }) => event._tag === "runtime.failed")) settle(threadId)
      }
      stops.push(connection.watch("thread", () => ({ threadId, after: null }), { item }))
    }
  })
  // Told by `give` failing first, nobody may be left to hear of this one.
  all.catch(() => undefined)
  return { all, stop: () => stops.forEach((stop) => stop()) }
}

function unproved(threadIds: ReadonlySet<ThreadId>): Failure {
  const which = [...threadIds].join(", ")
  return new Failure("Unproved", `Not seen gone after ${span(proofMillis)}: ${which}. It goes on; next: corral certificates`)
}

/** `5 processes ended, 214 MB freed, 0 left (0.4 s)`; the survivors where there are any. */
export function proofLines(certificates: readonly Certificate[]): string[] {
  return certificates.flatMap((certificate) => {
    const { killed, rungs, freedBytes, left, survivors, startedAt, endedAt } = certificate
    const how = killed.length > 0 ? `, ${killed.length} by signal` : (rungs.at(-1)?.name ?? "") === "eof" ? ", by itself" : ""
    const proof = `${certificate.outcome}${how}, ${bytes(freedBytes)} freed, ${left} left (${span(endedAt - startedAt)})`
    const stuck = survivors.map(({ pid, command }) => paint("red", `    still there: ${pid} ${command}`))
    return [`  ${paint(left === 0 ? "green" : "red", proof)}`, ...stuck]
  })
}

/** A stop that left something is a failed command. */
export function requireGone(certificates: readonly Certificate[]): void {
  const stuck = certificates.filter(({ outcome }) => outcome === "stuck")
  if (stuck.length === 0) return
  const left = stuck.reduce((sum, { left }) => sum + left, 0)
  throw new Failure("Stuck", `${counted(left, "process", "processes")} could not be ended. Next: corral ps`)
}
