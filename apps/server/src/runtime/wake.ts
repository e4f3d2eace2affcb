// A sleeping thread gets its agent: journalled first, launched by the supervisor, shaken hands with. One per thread, ever.
import type { WakeCause } from "@corral/contracts/certificate"
import type { ThreadId } from "@corral/contracts/ids"
import { TreeId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { Engine } from "../engine/engine.ts"
import { AgentFailed, type AgentLine, type Launch } from "../provider/provider.ts"
import { Providers } from "../provider/providers.ts"
import { Supervisor, type SupervisorLost, type SupervisorRefused } from "../supervisor/supervisor.ts"
import { Admission } from "./admission.ts"
import { ingest } from "./ingest.ts"
import { LiveSessions, type LiveSession } from "./live.ts"
import { recordCertificate } from "./record.ts"
import { sessionId } from "./session-id.ts"

/** From launch to the answered handshake. Claude took 15 s on a first start with a cold disk and both cores busy. */
const handshakeTime = "60 seconds"

/** The tree and generation a wake is about. */
interface Wake {
  readonly thread: Thread
  readonly generation: number
  readonly treeId: TreeId
}

/**
 * Waits in line where it may not wake now. Null: it is not wanted any longer, the thread may not be awake (archived meanwhile), or waking
 * failed; the failure is on record with its turn.
 */
export const wakeRuntime = Effect.fn("runtime.wake")(function* (
  threadId: ThreadId,
  cause: WakeCause,
  isWanted: () => boolean = () => true,
) {
  const engine = yield* Engine
  const running = (yield* LiveSessions).get(threadId)
  if (running !== undefined && running.generation === engine.thread(threadId)?.runtime.generation) return running
  const isActive = () => engine.thread(threadId)?.status === "active"
  return yield* (yield* Admission).through({ threadId, isWanted: () => isActive() && isWanted() }, start(threadId, cause))
})

const start = Effect.fn("runtime.start")(function* (threadId: ThreadId, cause: WakeCause) {
  const engine = yield* Engine
  const thread = engine.thread(threadId)
  if (thread === undefined) return null
  const wake: Wake = { thread, generation: thread.runtime.generation + 1, treeId: TreeId.make(`tre_${crypto.randomUUID()}`) }
  const { generation, treeId } = wake
  const taken = yield* engine.record({ _tag: "runtime.record-waking", threadId, generation, treeId, cause })
  if (taken._tag === "rejected") return null
  return yield* open(wake).pipe(Effect.catchTag("AgentFailed", (failure) => Effect.as(undo(wake, failure.message), null)))
})

/** Interrupted by a stop that overtakes: the tree stays for that stop, the conversation is let go of here. */
const open = Effect.fn("runtime.open")(function* (wake: Wake) {
  const live = yield* LiveSessions
  const scope = yield* live.scope
  return yield* shakeHands(wake, scope).pipe(
    Effect.timeoutOrElse({
      duration: handshakeTime,
      orElse: () =>
        Effect.fail(failed(wake, "It did not answer its handshake in time.", "See what it wrote with `corral ps`, or try again.")),
    }),
    Effect.onExit((exit) => (Exit.isSuccess(exit) ? Effect.void : Scope.close(scope, Exit.void))),
  )
})

const shakeHands = (wake: Wake, scope: Scope.Closeable) =>
  Effect.gen(function* () {
    const { thread, generation, treeId } = wake
    const engine = yield* Engine
    const supervisor = yield* Supervisor
    const port = (yield* Providers).port(thread.config.provider)
    const cwd = engine.project(thread.projectId)?.path
    if (port === undefined) return yield* failed(wake, `No provider is called ${thread.config.provider}.`, null)
    if (cwd === undefined) return yield* failed(wake, "The thread's project is gone.", null)
    const { tell, recorded, handOver } = yield* ingest({ threadId: thread.threadId, generation })
    const session = yield* port.open({
      threadId: thread.threadId,
      generation,
      cwd,
      config: thread.config,
      cursor: thread.runtime.cursor,
      launch: (launch) =>
        launchTree(wake, launch).pipe(Effect.provideService(Supervisor, supervisor), Effect.provideService(Engine, engine)),
      tell,
      recorded,
    })
    const entry: LiveSession = { threadId: thread.threadId, generation, treeId, session, handOver, scope }
    yield* (yield* LiveSessions).add(entry)
    return entry
  }).pipe(Scope.provide(scope))

const launchTree = (wake: Wake, launch: Launch): Effect.Effect<AgentLine, AgentFailed, Supervisor | Engine> =>
  Effect.gen(function* () {
    const { thread, generation, treeId } = wake
    const engine = yield* Engine
    const supervisor = yield* Supervisor
    const { eofMillis, ...command } = launch
    const root = yield* supervisor.ask("launch", {
      ...command,
      treeId,
      session: sessionId(thread.threadId, generation),
      provider: thread.config.provider,
      budgets: { eofMillis, termMillis: 1_500, killMillis: 10_000 },
    })
    const line = yield* supervisor.attach(treeId)
    yield* engine.record({ _tag: "runtime.record-started", threadId: thread.threadId, generation, treeId, tier: root.tier, pid: root.pid })
    return line
  }).pipe(Effect.mapError((error) => notLaunched(wake, error)))

const notLaunched = (
  wake: Wake,
  error: SupervisorRefused | SupervisorLost | { readonly _tag: "StoreFailed"; readonly message: string },
) => {
  const next =
    error._tag === "SupervisorRefused" && error.tag === "bad-folder"
      ? "Was the folder moved or deleted? Put it back, or add the project again."
      : null
  return failed(wake, error._tag === "SupervisorRefused" ? error.problem : error.message, next)
}

const failed = (wake: Wake, problem: string, next: string | null) =>
  new AgentFailed({ provider: wake.thread.config.provider, doing: "wake", problem, next })

/** What a failed wake left is stopped and proved gone before the failure is told. */
const undo = (wake: Wake, error: string) =>
  Effect.gen(function* () {
    const { thread, generation, treeId } = wake
    const engine = yield* Engine
    const supervisor = yield* Supervisor
    const proved = yield* supervisor
      .ask("stop", { target: { tree: treeId }, reason: "exited", askedBy: "server", from: null })
      .pipe(Effect.catchTag("SupervisorRefused", () => Effect.succeed(null)))
    yield* engine.record({ _tag: "runtime.record-failed", threadId: thread.threadId, generation, error })
    if (proved !== null) yield* recordCertificate(proved)
  })
