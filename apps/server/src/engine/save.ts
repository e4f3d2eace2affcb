// Snapshots spare a start the whole log. They are behind it while there is work, and written when there is a moment of rest: a commit
// costs the same however many threads there are. What they do not have yet, a start reads from the log.
import * as Result from "effect/Result"
import type { Store, Tables } from "../store/store.ts"
import type { Memory } from "./memory.ts"

/** Rest: no commit for so long. */
const restMillis = 1_000
/** So many events are read again by a start after a crash, in about 0.1 s; more are not let to come together. */
export const mostUnsaved = 4_096
export const snapshotSeqKey = "snapshot-seq"

export class Saver {
  readonly #store: Store["Service"]
  readonly #memory: Memory
  #resting: NodeJS.Timeout | null = null

  constructor(store: Store["Service"], memory: Memory) {
    this.#store = store
    this.#memory = memory
  }

  /** After each commit. */
  note(): void {
    if (this.#memory.seq - this.#memory.savedSeq >= mostUnsaved) return this.save()
    if (this.#resting !== null) return void this.#resting.refresh()
    this.#resting = setTimeout(() => this.save(), restMillis).unref()
  }

  /** A disk that refuses loses nothing: the log has it all, and the next rest tries again. */
  save(): void {
    if (this.#resting !== null) clearTimeout(this.#resting)
    this.#resting = null
    if (this.#memory.seq === this.#memory.savedSeq) return
    const written = this.#store.transact("write", (tables) => writeSnapshots(this.#memory, tables))
    if (Result.isSuccess(written)) this.#memory.saved()
  }
}

/** Inside a transaction, outside of any commit. */
export const writeSnapshots = (memory: Memory, { snapshots, meta }: Tables): void => {
  const { threads, projects } = memory.unsaved()
  for (const threadId of threads) {
    const thread = memory.thread(threadId)
    if (thread !== undefined) snapshots.putThread(thread)
  }
  for (const projectId of projects) {
    const project = memory.project(projectId)
    if (project !== undefined) snapshots.putProject(project)
  }
  meta.set(snapshotSeqKey, String(memory.seq))
}
