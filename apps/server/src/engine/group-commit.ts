// Everything that changes the state passes here: what waits in the same turn of the event loop goes into one transaction.
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { StoreFailed } from "../store/store-failed.ts"
import type { Draft, Job } from "./commit.ts"

/** One transaction keeps the event loop for some 10 ms at most; what is over waits for the next. */
const maxJobs = 256

/** Bounded by those who ask: a connection's calls under way, one fibre per agent and per hand. */
export class GroupCommit {
  #waiting: Job[] = []
  #closed = false
  readonly #commit: (jobs: readonly Job[]) => void

  constructor(commit: (jobs: readonly Job[]) => void) {
    this.#commit = commit
  }

  /** Done when it is durable. What is asked for cannot be taken back: being interrupted only stops waiting. */
  submit<A>(work: (draft: Draft) => A): Effect.Effect<A, StoreFailed> {
    return Effect.callback<A, StoreFailed>((resume) => {
      if (this.#closed) return resume(Effect.interrupt)
      const job: Job = { work: (draft) => answerWith(resume, work(draft)), fail: resume }
      if (this.#waiting.push(job) === 1) setImmediate(() => this.flush())
    })
  }

  flush(): void {
    const jobs = this.#waiting.splice(0, maxJobs)
    if (this.#waiting.length > 0) setImmediate(() => this.flush())
    if (jobs.length > 0) this.#commit(jobs)
  }

  /** What waits is still done; what comes later is interrupted. */
  close(): void {
    this.#closed = true
    while (this.#waiting.length > 0) this.flush()
  }
}

const answerWith =
  <A>(resume: (exit: Exit.Exit<A>) => void, answer: A) =>
  () =>
    resume(Exit.succeed(answer))
