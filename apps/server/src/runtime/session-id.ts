// What a tree serves, written so that a certificate can be traced to its thread: `<thread>.<generation>`.
import { SessionId, ThreadId } from "@corral/contracts/ids"

export const sessionId = (threadId: ThreadId, generation: number): SessionId => SessionId.make(`${threadId}.${generation}`)

/** Null for a name that is not one of ours. */
export const parseSessionId = (session: SessionId): { readonly threadId: ThreadId; readonly generation: number } | null => {
  const dot = session.lastIndexOf(".")
  const generation = Number(session.slice(dot + 1))
  return dot > 0 && Number.isInteger(generation) ? { threadId: ThreadId.make(session.slice(0, dot)), generation } : null
}
