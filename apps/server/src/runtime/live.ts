// The sessions that have a live agent now: the one place that knows which conversation a thread's process speaks.
import type { ThreadId, TreeId } from "@corral/contracts/ids"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import type { Session } from "../provider/provider.ts"

export interface LiveSession {
  readonly threadId: ThreadId
  readonly generation: number
  readonly treeId: TreeId
  readonly session: Session
  /** The next server goes on with it; what it tells meanwhile is not for us. */
  readonly handOver: () => void
  /** Holds what the conversation uses; closing it lets go of the agent and stops nothing. */
  readonly scope: Scope.Closeable
}

export class LiveSessions extends Context.Service<
  LiveSessions,
  {
    readonly get: (threadId: ThreadId) => LiveSession | undefined
    readonly all: () => readonly LiveSession[]
    /** A thread has at most one: a former one is let go of. */
    readonly add: (live: LiveSession) => Effect.Effect<void>
    /** Lets go of this generation only: a late teardown never removes a newer session. */
    readonly drop: (threadId: ThreadId, generation: number) => Effect.Effect<void>
    /** A scope for a session to be; ends with the server. */
    readonly scope: Effect.Effect<Scope.Closeable>
  }
>()("corral/LiveSessions") {
  static readonly layer = Layer.effect(
    LiveSessions,
    Effect.gen(function* () {
      const parent = yield* Effect.scope
      const live = new Map<ThreadId, LiveSession>()
      const drop = (threadId: ThreadId, generation: number) =>
        Effect.suspend(() => {
          const entry = live.get(threadId)
          if (entry === undefined || entry.generation !== generation) return Effect.void
          live.delete(threadId)
          return Scope.close(entry.scope, Exit.void)
        })
      return LiveSessions.of({
        get: (threadId) => live.get(threadId),
        all: () => [...live.values()],
        add: (entry) =>
          Effect.suspend(() => {
            const former = live.get(entry.threadId)
            live.set(entry.threadId, entry)
            return former === undefined ? Effect.void : Scope.close(former.scope, Exit.void)
          }),
        drop,
        scope: Scope.fork(parent),
      })
    }),
  )
}
