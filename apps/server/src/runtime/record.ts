// A certificate comes home: kept, and told to each thread that its tree served. Comes by answer and by told; the domain makes twice once.
import type { Certificate, TreeCertificate } from "@corral/contracts/certificate"
import type { Thread } from "@corral/contracts/thread"
import * as Effect from "effect/Effect"
import { Engine } from "../engine/engine.ts"
import { LiveSessions } from "./live.ts"
import { parseSessionId } from "./session-id.ts"

export const recordCertificate = Effect.fn("runtime.record")(function* (proved: TreeCertificate) {
  const engine = yield* Engine
  const live = yield* LiveSessions
  const served = proved.sessions.map(parseSessionId).filter((session) => session !== null)
  const threadIds = [...new Set(served.map(({ threadId }) => threadId))]
  const titles = threadIds.map((threadId) => engine.thread(threadId)?.title ?? "")
  const woken = served.map(({ threadId, generation }) => wokenIn(engine.thread(threadId), generation)).find((each) => each !== undefined)
  const certificate: Certificate = { ...proved, threadIds, titles, ...(woken && { woken }) }
  yield* engine.keep(certificate)
  for (const { threadId, generation } of served) {
    yield* live.drop(threadId, generation)
    if (engine.thread(threadId) === undefined) continue
    yield* engine.record({ _tag: "runtime.record-stopped", threadId, generation, certificate })
  }
  return certificate
})

/** A thread that was woken again since knows of that start only. */
const wokenIn = (thread: Thread | undefined, generation: number) =>
  thread?.runtime.generation === generation ? thread.runtime.woken : undefined
