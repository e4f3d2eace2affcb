// The opened threads: the last few stay in memory, so going back to one shows it at once.
import type { Connection } from "@corral/client/connect"
import type { ThreadId } from "@corral/contracts/ids"
import { Body } from "./body.ts"

const keptBodies = 5

export interface Bodies {
  readonly get: (threadId: ThreadId) => Body
}

export const makeBodies = (connection: Connection): Bodies => {
  const kept = new Map<ThreadId, Body>()
  const get = (threadId: ThreadId): Body => {
    const body = kept.get(threadId) ?? new Body(connection, threadId)
    kept.delete(threadId)
    kept.set(threadId, body)
    const oldest = kept.keys().next()
    if (kept.size > keptBodies && oldest.done !== true) kept.delete(oldest.value)
    return body
  }
  return { get }
}
