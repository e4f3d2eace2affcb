// Archive, delete and stop are alike: some threads, an order for each, and the proof that nothing of them runs any more.
import type { ClientCommand } from "@corral/contracts/command"
import type { ThreadId } from "@corral/contracts/ids"
import { orderAll } from "../order.ts"
import { short } from "../pick.ts"
import { paint } from "../print.ts"
import { proofLines, requireGone, withProof } from "../proof.ts"
import { withServer } from "../reach.ts"
import { give, type Options } from "../verb.ts"
import { findThreads } from "./find.ts"

export interface PutAway {
  readonly typed: readonly string[]
  readonly command: (threadId: ThreadId) => ClientCommand
  /** `archived`, `deleted`, `stopped`. */
  readonly done: string
}

export function putAway(options: Options, { typed, command, done }: PutAway): Promise<void> {
  return withServer(async (connection) => {
    const threads = await findThreads(connection, typed)
    const ids = threads.map(({ threadId }) => threadId)
    const certificates = await withProof(connection, ids, () => orderAll(connection, ids.map(command)))
    const results = threads.map(({ threadId, title }) => {
      return { threadId, title, certificate: certificates.find(({ threadIds }) => threadIds.includes(threadId)) ?? null }
    })
    give(options, results, () =>
      results.flatMap(({ threadId, title, certificate }) => [
        `${done} ${paint("bold", title)} ${paint("dim", short(threadId))}`,
        ...(certificate === null ? [paint("dim", "  nothing was running")] : proofLines([certificate])),
      ]),
    )
    requireGone(certificates)
  })
}
