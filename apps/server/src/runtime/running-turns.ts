// The turns that run and wait for nobody, each with its clock: only of these can it be said that nothing comes of them.
import type { Millis, ThreadId, TreeId, TurnId } from "@corral/contracts/ids"
import type { Stalled } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { TreeReport } from "@corral/contracts/tree"
import { readingOf, StallClock } from "./stall-clock.ts"

interface RunningTurn {
  readonly turnId: TurnId
  readonly treeId: TreeId
  readonly clock: StallClock
}

export class RunningTurns {
  readonly #stallMillis: number
  readonly #tell: (threadId: ThreadId) => void
  readonly #turns = new Map<ThreadId, RunningTurn>()

  /** `tell`: what can be said of this thread's turn has changed. */
  constructor(stallMillis: number, tell: (threadId: ThreadId) => void) {
    this.#stallMillis = stallMillis
    this.#tell = tell
  }

  /** The thread as it is now. A turn that waited for a person begins anew. */
  note({ threadId, turn, requests, runtime: { state, treeId } }: Thread, now: Millis): void {
    const known = this.#turns.get(threadId)
    const runs = this.#stallMillis > 0 && state === "busy" && treeId !== null && turn !== null && requests.length === 0
    if (runs && known?.turnId === turn.turnId && known.treeId === treeId) return
    if (runs) this.#turns.set(threadId, { turnId: turn.turnId, treeId, clock: new StallClock(this.#stallMillis, now) })
    else this.#turns.delete(threadId)
    if (known !== undefined && known.clock.stalled !== null) this.#tell(threadId)
  }

  stalled(threadId: ThreadId): Stalled | null {
    return this.#turns.get(threadId)?.clock.stalled ?? null
  }

  heard(treeId: TreeId, now: Millis): void {
    for (const [threadId, turn] of this.#turns) if (turn.treeId === treeId) this.#change(threadId, (clock) => clock.heard(now))
  }

  waitOn(threadId: ThreadId, now: Millis): void {
    this.#change(threadId, (clock) => clock.waitOn(now))
  }

  /** Nothing can be said of the time until now. */
  beginAnew(now: Millis): void {
    for (const threadId of this.#turns.keys()) this.waitOn(threadId, now)
  }

  /** A look that failed in part says nothing of anybody. */
  seen({ checkedAt, complete, trees }: TreeReport): void {
    if (!complete) return
    for (const [threadId, { treeId }] of this.#turns) {
      const tree = trees.find((one) => one.treeId === treeId)
      const reading = tree === undefined ? null : readingOf(tree, checkedAt)
      if (reading !== null) this.#change(threadId, (clock) => clock.seen(reading))
    }
  }

  /** Infinity: there is nothing to be looked at. */
  get due(): Millis {
    return Math.min(...[...this.#turns.values()].map(({ clock }) => clock.due))
  }

  /** Those that a look was made for, and that it told nothing of. */
  missed(now: Millis): void {
    for (const { clock } of this.#turns.values()) if (clock.due <= now) clock.missed(now)
  }

  #change(threadId: ThreadId, change: (clock: StallClock) => void): void {
    const clock = this.#turns.get(threadId)?.clock
    if (clock === undefined) return
    const before = clock.stalled
    change(clock)
    if (clock.stalled !== before) this.#tell(threadId)
  }
}
