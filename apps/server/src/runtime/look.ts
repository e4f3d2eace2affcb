// What runs now, whose it is, why it is alive and what would end it: trees as the supervisor sees them, with their threads.
import { freemem, totalmem } from "node:os"
import type { Certificate, TreeCertificate } from "@corral/contracts/certificate"
import type { Millis, ThreadId } from "@corral/contracts/ids"
import type { Status, SweepResult } from "@corral/contracts/rpc"
import type { Admission as Place, Sight } from "@corral/contracts/runtime"
import type { Asks, SupervisorHello } from "@corral/contracts/supervisor"
import type { Thread } from "@corral/contracts/thread"
import type { Count, Processes, ServedThread, TreeReport, WaitingThread } from "@corral/contracts/tree"
import { tokensLost } from "@corral/domain/runtime/cache"
import { reasonAlive } from "@corral/domain/runtime/reason"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Engine } from "../engine/engine.ts"
import { Listeners } from "../engine/listeners.ts"
import { Supervisor } from "../supervisor/supervisor.ts"
import { Admission } from "./admission.ts"
import type { LiveSessions } from "./live.ts"
import { ownMemory } from "./own-memory.ts"
import { recordCertificate } from "./record.ts"
import { parseSessionId } from "./session-id.ts"
import { Sights } from "./sights.ts"
import { Stalls } from "./stalls.ts"

/** The supervisor could not be asked; nothing is claimed about what runs. */
export class CannotLook extends Schema.TaggedError<CannotLook>()("CannotLook", { problem: Schema.String }) {
  override get message() {
    return `What runs could not be seen: ${this.problem}`
  }
}

export class Look extends Context.Service<
  Look,
  {
    /** A fresh look. `threadId` null: all trees and the strays. */
    readonly processes: (threadId: ThreadId | null) => Effect.Effect<Processes, CannotLook>
    /** The same for whoever listens, without ports, which cost most. */
    readonly sample: Effect.Effect<void, CannotLook>
    readonly count: Effect.Effect<Count, CannotLook>
    readonly sweep: Effect.Effect<SweepResult, CannotLook>
    /** The supervisor part of `corral status`; null while there is none. */
    readonly supervisor: Effect.Effect<Status["supervisor"]>
    /** Every look from now on that came to rest, whoever asked for it; gives back how to stop listening. */
    readonly onSeen: (listener: (seen: Processes) => void) => () => void
    /** Certificates from the moment they are kept; gives back how to stop listening. */
    readonly onCertificate: (listener: (certificate: Certificate) => void) => () => void
  }
>()("corral/Look") {
  static readonly layer = (idleMillis: number) =>
    Layer.effect(
      Look,
      Effect.gen(function* () {
        const engine = yield* Engine
        const supervisor = yield* Supervisor
        const [stalls, sights, admission] = [yield* Stalls, yield* Sights, yield* Admission]
        const context = yield* Effect.context<Engine | LiveSessions | Supervisor>()
        const listeners = yield* Listeners.make<Processes>("looks")
        const look = (measures: Asks["trees"]["takes"]) => supervisor.ask("trees", measures).pipe(Effect.mapError(cannot))
        const lookWhole = (ports: boolean) =>
          Effect.gen(function* () {
            const report = yield* look({ memory: true, ports })
            const now = yield* Clock.currentTimeMillis
            // What works again must not be called stalled by the look that has just seen it work.
            stalls.seen(report)
            const processes = seen(report, (id) => servedBy(engine.thread(id), sights.of(id), { now, idleMillis }))
            if (processes.complete) listeners.tell(processes)
            return processes
          })
        const inLine = () => admission.line().flatMap((id) => waitingThread(engine.thread(id), admission.of(id)))
        return Look.of({
          processes: (threadId) =>
            Effect.map(lookWhole(true), (processes) =>
              threadId === null ? { ...processes, waiting: inLine() } : only(processes, threadId),
            ),
          sample: Effect.asVoid(lookWhole(false)),
          count: look({ memory: false }).pipe(Effect.map(countOf)),
          sweep: sweepNow.pipe(Effect.provideContext(context)),
          supervisor: Effect.sync(() => aboutSupervisor(supervisor.hello())),
          onSeen: listeners.add,
          onCertificate: (listener) => engine.onKeep(listener),
        })
      }),
    )
}

const cannot = (error: { readonly message: string }) => new CannotLook({ problem: error.message })

const seen = (report: TreeReport, served: (threadId: ThreadId) => ServedThread | null): Processes => ({
  checkedAt: report.checkedAt,
  complete: report.complete,
  lookMillis: report.lookMillis,
  machine: { totalBytes: totalmem(), availableBytes: freemem() },
  trees: report.trees.map((tree) => ({
    ...tree,
    threads: tree.sessions.flatMap((session) => {
      const threadId = parseSessionId(session)?.threadId
      return (threadId === undefined ? null : served(threadId)) ?? []
    }),
  })),
  strays: report.strays,
  ...ownOf(report),
})

const ownOf = ({ ownBytes }: TreeReport): Pick<Processes, "own"> => {
  const serverBytes = ownMemory()
  return serverBytes === null ? {} : { own: { serverBytes, supervisorBytes: ownBytes ?? null } }
}

interface Moment {
  readonly now: Millis
  readonly idleMillis: number
}

/** A tree is alive for one reason; a thread that is asleep for us though its tree is seen is being started or stopped. */
const servedBy = (thread: Thread | undefined, sight: Sight, { now, idleMillis }: Moment): ServedThread | null => {
  if (thread === undefined) return null
  const alive = reasonAlive(thread, now, idleMillis) ?? { reason: "stopping" as const, endsWhen: "when its stop is proved", endsAt: null }
  const { threadId, title, runtime } = thread
  const { state, woken } = runtime
  return { threadId, title, state, ...alive, resumeTokens: tokensLost(thread, now), ...sight, ...(woken && { woken }) }
}

const waitingThread = (thread: Thread | undefined, place: Place | null): readonly WaitingThread[] =>
  thread === undefined || place === null ? [] : [{ threadId: thread.threadId, title: thread.title, ...place }]

/** One thread's view says nothing about strays: they belong to none. */
const only = (processes: Processes, threadId: ThreadId): Processes => ({
  ...processes,
  trees: processes.trees.filter((tree) => tree.threads.some((thread) => thread.threadId === threadId)),
  strays: [],
})

const countOf = (report: TreeReport): Count => ({
  processes: report.trees.reduce((sum, tree) => sum + tree.processes.length, 0),
  trees: report.trees.filter((tree) => tree.processes.length > 0).length,
  strays: report.strays.length,
  checkedAt: report.checkedAt,
})

/** The supervisor tells each certificate before it answers. They are recorded here too: twice is once, and the answer has them all. */
const sweepNow = Effect.gen(function* () {
  const supervisor = yield* Supervisor
  const told: TreeCertificate[] = []
  const stop = supervisor.onTold((event) => {
    if (event._tag === "certificate") told.push(event.certificate)
  })
  const swept = yield* supervisor.ask("sweep", {}).pipe(Effect.ensuring(Effect.sync(stop)))
  return { ...swept, certificates: yield* Effect.forEach(told, recordCertificate) }
}).pipe(Effect.mapError(cannot))

const aboutSupervisor = (hello: SupervisorHello | null): Status["supervisor"] =>
  hello === null ? null : { pid: hello.pid, startedAt: hello.startedAt, tier: hello.tier, watcherArmed: hello.watcherArmed }
