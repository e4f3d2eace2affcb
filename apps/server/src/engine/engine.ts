// The heart: commands come in, the domain decides, the disk agrees, everybody is told. Synchronous between the wish and the disk.
import type { Certificate } from "@corral/contracts/certificate"
import type { HandCommand } from "@corral/contracts/command"
import type { ProjectId, ThreadId } from "@corral/contracts/ids"
import type { Project } from "@corral/contracts/project"
import type { Provider } from "@corral/contracts/provider"
import type { Receipt } from "@corral/contracts/receipt"
import type { Live } from "@corral/contracts/rpc"
import type { Thread } from "@corral/contracts/thread"
import { isHosted } from "@corral/domain/runtime/hosted"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { receiptsKeptMillis } from "../store/receipt.ts"
import { Store } from "../store/store.ts"
import type { StoreFailed } from "../store/store-failed.ts"
import { commit, type Commit } from "./commit.ts"
import { takeFact, takeOrder, type Order } from "./dispatch.ts"
import { inspectFolder } from "./inspect-folder.ts"
import { GroupCommit } from "./group-commit.ts"
import type { LivePieces } from "./live.ts"
import type { Memory, Tally } from "./memory.ts"
import { Told } from "./publish.ts"
import { replay } from "./replay.ts"
import { Saver } from "./save.ts"

type Unlisten = () => void

/** A thread that was deleted and whose processes were not seen gone: what they did is kept until then. */
export class StillHosted extends Schema.TaggedError<StillHosted>()("StillHosted", {
  title: Schema.String,
  left: Schema.NullOr(Schema.Int),
}) {
  static of({ title, runtime: { state, lastStop } }: Thread) {
    return new StillHosted({ title, left: state === "stuck" ? (lastStop?.left ?? null) : null })
  }

  override get message() {
    const why = this.left === null ? "its stop is not proved yet" : `${this.left} of its processes could not be ended (see \`corral ps\`)`
    return `Thread “${this.title}” is deleted, but its transcript is kept: ${why}.`
  }
}

export class Engine extends Context.Service<
  Engine,
  {
    /** Durable when answered. The same id with the same content gives the same receipt. */
    readonly dispatch: (order: Order) => Effect.Effect<Receipt, StoreFailed>
    /** A fact from the server's own hands; `rejected` where it is no longer true. */
    readonly record: (fact: HandCommand) => Effect.Effect<Receipt, StoreFailed>
    /** Keeps a certificate; the second time nothing happens. */
    readonly keep: (certificate: Certificate) => Effect.Effect<void, StoreFailed>
    /** An intent has been carried out. */
    readonly settle: (n: number) => Effect.Effect<void, StoreFailed>
    /** Lets go of a deleted thread and its transcript, for good, once nothing hosts its session; any other thread stays. */
    readonly drop: (threadId: ThreadId) => Effect.Effect<void, StoreFailed | StillHosted>
    readonly thread: (threadId: ThreadId) => Thread | undefined
    /** All of them, archived and deleted ones too. */
    readonly threads: () => Iterable<Thread>
    /** How many threads there are of each status. */
    readonly tally: () => Tally
    readonly project: (projectId: ProjectId) => Project | undefined
    readonly projects: () => readonly Project[]
    readonly seq: () => number
    /** Told after it is durable. Each gives back how to stop listening. */
    readonly onCommit: (listener: (commit: Commit) => void) => Unlisten
    readonly onKeep: (listener: (certificate: Certificate) => void) => Unlisten
    readonly onLive: (listener: (live: LivePieces) => void) => Unlisten
    /** Text on its way; joined over a frame before listeners are told. */
    readonly live: (threadId: ThreadId, pieces: readonly Live[]) => void
    /** The text of open rows that no event carries yet. */
    readonly openLive: (threadId: ThreadId) => readonly Live[]
    /** What decisions know of the agents on this machine. */
    readonly setProviders: (providers: readonly Provider[]) => void
    /** The supervisor's number of the last certificate that was kept. */
    readonly certificateSeq: () => number
    readonly setCertificateSeq: (seq: number) => Effect.Effect<void, StoreFailed>
  }
>()("corral/Engine") {
  static readonly layer: Layer.Layer<Engine, StoreFailed, Store> = Layer.effect(
    Engine,
    Effect.suspend(() => start()),
  )
}

const start = Effect.fn("engine.start")(function* (): Effect.fn.Return<Engine["Service"], StoreFailed, Store | Scope.Scope> {
  const store = yield* Store
  const clock = yield* Clock.Clock
  const report = Effect.runForkWith(yield* Effect.context<never>())
  const now = () => clock.currentTimeMillisUnsafe()
  const { memory, certificateSeq } = yield* store.write((tables) => {
    tables.receipts.prune(now() - receiptsKeptMillis)
    return { memory: replay(tables), certificateSeq: Number(tables.meta.get(certificateSeqKey) ?? 0) }
  })
  const told = new Told((defect) => void report(Effect.logError("a listener of the engine failed", defect)))
  const saver = new Saver(store, memory)
  const group = new GroupCommit((jobs) => {
    const { commit: done, answers } = commit(store, memory, { jobs, now: now() })
    if (done !== undefined) told.publish(done)
    saver.note()
    for (const answer of answers) answer()
  })
  yield* Effect.addFinalizer(() =>
    Effect.sync(() => {
      group.close()
      saver.save()
    }),
  )
  return { ...reads(memory), ...listening(told), ...orders(group), ...writes(group, memory), ...numbered(group, certificateSeq) }
})

const reads = (memory: Memory) => ({
  thread: memory.thread,
  threads: memory.threads,
  tally: memory.tally,
  project: memory.project,
  projects: memory.projects,
  seq: () => memory.seq,
})

const listening = ({ commits, certificates, live, frames }: Told) => ({
  onCommit: commits.add,
  onKeep: certificates.add,
  onLive: frames.add,
  live: (threadId: ThreadId, pieces: readonly Live[]) => live.add(threadId, pieces),
  openLive: (threadId: ThreadId) => live.open(threadId),
})

/** Everything that the domain decides. */
const orders = (group: GroupCommit) => {
  let providers: readonly Provider[] = []
  const found = ({ command }: Order) => (command._tag === "project.add" ? inspectFolder(command.path) : Effect.succeed(null))
  return {
    setProviders: (known: readonly Provider[]) => void (providers = known),
    dispatch: (order: Order) =>
      Effect.flatMap(found(order), (folder) => group.submit((draft) => takeOrder(draft, order, { providers, folder }))),
    record: (fact: HandCommand) => group.submit((draft) => takeFact(draft, fact, { providers, folder: null })),
  }
}

/** What the domain has no say in. */
const writes = (group: GroupCommit, memory: Memory) => ({
  keep: (certificate: Certificate) => group.submit((draft) => draft.keep(certificate)),
  settle: (n: number) => group.submit(({ tables }) => tables.outbox.settle(n)),
  drop: (threadId: ThreadId) =>
    group
      .submit(({ tables }) => {
        const thread = memory.thread(threadId)
        if (thread?.status !== "deleted") return Effect.void
        if (isHosted(thread.runtime)) return Effect.fail(StillHosted.of(thread))
        memory.putThread(threadId, undefined)
        tables.events.drop(threadId)
        tables.rows.drop(threadId)
        return Effect.void
      })
      .pipe(Effect.flatten),
})

const certificateSeqKey = "certificate-seq"

const numbered = (group: GroupCommit, first: number) => {
  let known = first
  const write = (seq: number) => group.submit(({ tables }) => tables.meta.set(certificateSeqKey, String(seq)))
  return {
    certificateSeq: () => known,
    setCertificateSeq: (seq: number) => Effect.map(write(seq), () => void (known = seq)),
  }
}
