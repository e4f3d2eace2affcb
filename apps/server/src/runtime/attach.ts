// An agent that a former server left running is taken over: the supervisor held its pipes, so the turn goes on where it was.
import type { Stored } from "@corral/contracts/event"
import type { ThreadId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import { userRowId } from "@corral/domain/views/row-id"
import { foldRows, type Transcript } from "@corral/domain/views/transcript"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { Engine } from "../engine/engine.ts"
import { Providers } from "../provider/providers.ts"
import { Store } from "../store/store.ts"
import type { Tables } from "../store/store.ts"
import { Supervisor } from "../supervisor/supervisor.ts"
import { ingest } from "./ingest.ts"
import { LiveSessions } from "./live.ts"
import { makeSieve, type Heard } from "./sieve.ts"

/** An agent answers on its pipe in some ms, also in mid turn; one that does not is stopped, as before. */
const attachTime = "5 seconds"
/** Rows back from the end that may be told again where no turn says from where. */
const rowsBack = 200
const mostEvents = 100_000

/** False: it could not be taken over, and must be stopped. */
export const attachRuntime = Effect.fn("runtime.attach")(function* (thread: Thread) {
  const live = yield* LiveSessions
  const scope = yield* live.scope
  const taken = yield* takeOver(thread, scope).pipe(
    Scope.provide(scope),
    Effect.timeout(attachTime),
    Effect.tapError((failure) => Effect.logWarning(`${thread.threadId} could not be taken over: ${failure.message}`)),
    Effect.exit,
  )
  if (Exit.isSuccess(taken)) return true
  yield* Scope.close(scope, Exit.void)
  return false
})

const takeOver = (thread: Thread, scope: Scope.Closeable) =>
  Effect.gen(function* () {
    const { threadId, runtime, config, projectId } = thread
    const { generation, treeId, cursor } = runtime
    const engine = yield* Engine
    const port = (yield* Providers).port(config.provider)
    const cwd = engine.project(projectId)?.path
    if (port === undefined || cwd === undefined || treeId === null) return yield* Effect.die(new Error("nothing to take over"))
    const sieve = makeSieve(yield* heardOf(thread))
    const { tell, recorded, handOver } = yield* ingest({ threadId, generation })
    const line = yield* (yield* Supervisor).attach(treeId)
    const { session, turnId } = yield* port.attach({
      threadId,
      generation,
      cwd,
      config,
      cursor,
      line,
      state: line.state,
      said: line.said,
      recorded,
      tell: (event) => {
        const unheard = sieve(event)
        if (unheard !== null) tell(unheard)
      },
    })
    yield* (yield* LiveSessions).add({ threadId, generation, treeId, session, handOver, scope })
    // It was on record as sent, but the server was lost before the agent had it.
    if (thread.turn?.sent === true && thread.turn.turnId !== turnId) yield* endLost(thread, thread.turn.turnId)
  })

const lostSentence = "The server was lost in the moment in which it gave this message to the agent. Send it again."

const endLost = ({ threadId, runtime }: Thread, turnId: NonNullable<Thread["turn"]>["turnId"]) =>
  Effect.flatMap(Engine, (engine) =>
    engine.record({
      _tag: "turn.complete",
      threadId,
      generation: runtime.generation,
      turnId,
      outcome: "failed",
      error: lostSentence,
      usage: null,
    }),
  )

/** What the thread has of the turns that its agent may tell again. */
const heardOf = (thread: Thread) =>
  Effect.map(
    Effect.flatMap(Store, (store) => store.read((tables) => eventsSince(tables, thread.threadId, thread.turn?.turnId ?? null))),
    (events): Heard => {
      const transcript = events.reduce((rows: Transcript, stored) => foldRows(rows, stored), [])
      const open = new Set(thread.requests.map(({ requestId }) => requestId))
      const asked = events.flatMap(({ event }) => (event._tag === "turn.request-opened" ? [event.request.requestId] : []))
      return {
        rows: new Map(transcript.map(({ row }) => [row.itemId, row])),
        closed: new Set(asked.filter((requestId) => !open.has(requestId))),
        background: thread.runtime.background,
      }
    },
  )

const eventsSince = (tables: Tables, threadId: ThreadId, turnId: NonNullable<Thread["turn"]>["turnId"] | null): readonly Stored[] => {
  const turn = turnId === null ? undefined : tables.rows.one(threadId, userRowId(turnId))
  const places = [turn, tables.rows.page(threadId, Number.MAX_SAFE_INTEGER, rowsBack)[0]].flatMap((row) => row?.place ?? [])
  return tables.events.after(threadId, Math.min(...places, Number.MAX_SAFE_INTEGER) - 1, mostEvents)
}
