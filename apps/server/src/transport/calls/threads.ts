// A page of the thread list, newest first.
import type { Calls } from "@corral/contracts/rpc"
import type { Thread } from "@corral/contracts/thread"
import { summarize } from "@corral/domain/views/thread-list"
import * as Effect from "effect/Effect"
import { Engine } from "../../engine/engine.ts"
import { Sights } from "../../runtime/sights.ts"

type Asked = Calls["threads"]["takes"]

export const listThreads = ({ status, projectId, before, limit }: Asked) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const sights = yield* Sights
    const wanted = [...engine.threads()].filter(
      (thread) => thread.status === status && (projectId === null || thread.projectId === projectId),
    )
    const rest = before === null ? wanted : wanted.filter((thread) => newestFirst(before, thread) < 0)
    return {
      threads: rest
        .toSorted(newestFirst)
        .slice(0, limit)
        .map((thread) => summarize(thread, sights.of(thread.threadId))),
      total: wanted.length,
    }
  })

type Touched = Pick<Thread, "touchedAt" | "threadId">

/** By id where two were touched in one millisecond, so that no page repeats or skips one. */
export const newestFirst = (a: Touched, b: Touched): number => b.touchedAt - a.touchedAt || (a.threadId < b.threadId ? -1 : 1)
