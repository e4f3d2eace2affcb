// One transaction for everything that waits: each job is decided in order against the memory, and none is answered before the disk has it.
import type { Certificate } from "@corral/contracts/certificate"
import type { Event, Stored } from "@corral/contracts/event"
import type { Millis, ThreadId } from "@corral/contracts/ids"
import type { Intent } from "@corral/contracts/intent"
import type { Thread } from "@corral/contracts/thread"
import { touchedRows, type Touched } from "@corral/domain/views/touched"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import type { Owed } from "../store/outbox.ts"
import type { RowIndex } from "../store/row-index.ts"
import type { Store, Tables } from "../store/store.ts"
import { StoreFailed } from "../store/store-failed.ts"
import type { Memory } from "./memory.ts"

/** What listeners are told after it is durable. `threads`: those it touched, as they are now. */
export interface Commit {
  readonly seq: number
  readonly stored: readonly Stored[]
  readonly threads: readonly Thread[]
  readonly owed: readonly Owed[]
  readonly certificates: readonly Certificate[]
}

/** One thing that waits for the next transaction. It gives back how to answer once that is durable; `fail` says why it is not. */
export interface Job {
  readonly work: (draft: Draft) => Answer
  readonly fail: (why: Exit.Exit<never, StoreFailed>) => void
}

type Answer = () => void

/** What a job may do. */
export class Draft {
  readonly stored: Stored[] = []
  readonly owed: Owed[] = []
  readonly certificates: Certificate[] = []
  readonly memory: Memory
  readonly tables: Tables
  readonly now: Millis

  constructor(memory: Memory, tables: Tables, now: Millis) {
    this.memory = memory
    this.tables = tables
    this.now = now
  }

  /** The events get their places in the log; the memory follows. */
  happen(events: readonly Event[], command: string | null): void {
    for (const event of events) {
      const entry = { seq: this.memory.seq + 1, at: this.now, event }
      this.memory.follow(entry)
      this.tables.events.append(entry, command)
      if ("threadId" in event) indexRows(this.tables.rows, event.threadId, entry)
      this.stored.push(entry)
    }
  }

  owe(intents: readonly Intent[]): void {
    for (const intent of intents) this.owed.push(this.tables.outbox.add(this.now, intent))
  }

  keep(certificate: Certificate): void {
    if (this.tables.certificates.keep(certificate)) this.certificates.push(certificate)
  }
}

const indexRows = (rows: RowIndex, threadId: ThreadId, entry: Stored): void => {
  for (const { itemId, how } of touchedRows(entry)) rows[rowDeed[how]](threadId, itemId, entry.seq)
}

const rowDeed = { "made-or-changed": "touch", moved: "move", dropped: "remove" } as const satisfies Record<Touched["how"], keyof RowIndex>

interface Run {
  readonly jobs: readonly Job[]
  readonly now: Millis
}

/** Answers what to tell, and how to answer each job; where the disk refused, the memory is as it was and every job fails. */
export const commit = (store: Store["Service"], memory: Memory, run: Run) => {
  const first = write(store, memory, run)
  const isFull = Result.isFailure(first) && first.failure.trouble === "full"
  const written = isFull && store.makeRoom() ? write(store, memory, run) : first
  if (Result.isFailure(written)) {
    const why = Exit.fail(written.failure)
    return { commit: undefined, answers: run.jobs.map((job): Answer => job.fail.bind(undefined, why)) }
  }
  const { answers, drafts } = written.success
  const told = commitOf(memory, drafts)
  memory.keep()
  return { commit: told, answers }
}

const write = (store: Store["Service"], memory: Memory, { jobs, now }: Run) => {
  const start = memory.mark()
  const written = store.transact("write", (tables) => {
    const drafts: Draft[] = []
    const answers = jobs.map((job) => attempt(job, new Draft(memory, tables, now), drafts))
    dropSnapshots(memory, tables)
    return { answers, drafts }
  })
  if (Result.isFailure(written)) memory.back(start)
  return written
}

/** A job that throws is taken back alone: it is our mistake, and the others must not pay for it. */
const attempt = (job: Job, draft: Draft, drafts: Draft[]): Answer => {
  const mark = draft.memory.mark()
  try {
    const answer = draft.tables.apart(() => job.work(draft))
    drafts.push(draft)
    return answer
  } catch (cause) {
    if (StoreFailed.isTrouble(cause)) throw cause
    draft.memory.back(mark)
    return () => job.fail(Exit.die(cause))
  }
}

/** The events of what is gone are gone with it, so it must not come back by its snapshot. */
const dropSnapshots = (memory: Memory, { snapshots }: Tables): void => {
  const { threads, projects } = memory.touched()
  for (const threadId of threads) if (memory.thread(threadId) === undefined) snapshots.dropThread(threadId)
  for (const projectId of projects) if (memory.project(projectId) === undefined) snapshots.dropProject(projectId)
}

const commitOf = (memory: Memory, drafts: readonly Draft[]): Commit => ({
  seq: memory.seq,
  stored: drafts.flatMap((draft) => draft.stored),
  threads: [...memory.touched().threads].flatMap((threadId) => memory.thread(threadId) ?? []),
  owed: drafts.flatMap((draft) => draft.owed),
  certificates: drafts.flatMap((draft) => draft.certificates),
})
