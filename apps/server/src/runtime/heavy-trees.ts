// Which trees hold much memory, and which of them have to go: decided on one look after the other.
import type { Millis, ThreadId, TreeId } from "@corral/contracts/ids"
import type { Heavy } from "@corral/contracts/runtime"

/** From this part of the limit on a session is shown as heavy. */
const nearPart = 0.8
/** For a person who is there to answer. */
const answerMillis = 60_000
/** A look is a moment: with nobody to ask it has to be so for as long as this before anything is stopped. */
const sureMillis = 4_000

/** One tree as a look has seen it. */
export interface Weight {
  readonly treeId: TreeId
  readonly threadIds: readonly ThreadId[]
  readonly bytes: number
}

interface HeavyTree extends Weight {
  readonly endsAt: Millis | null
}

export class HeavyTrees {
  readonly #limitBytes: number
  readonly #tell: (threadIds: Iterable<ThreadId>) => void
  #trees: ReadonlyMap<TreeId, HeavyTree> = new Map()
  /** A person waits on, for as long as the tree lives. */
  #letGoOn: ReadonlySet<TreeId> = new Set()

  /** `tell`: what can be said of these threads has changed. */
  constructor(limitBytes: number, tell: (threadIds: Iterable<ThreadId>) => void) {
    this.#limitBytes = limitBytes
    this.#tell = tell
  }

  of(threadId: ThreadId): Heavy | null {
    const tree = [...this.#trees.values()].find(({ threadIds }) => threadIds.includes(threadId))
    return tree === undefined ? null : { bytes: tree.bytes, limitBytes: this.#limitBytes, endsAt: tree.endsAt }
  }

  /** Its session may hold what it holds, and more. Second time: the same. */
  waitOn(threadId: ThreadId): void {
    const tree = [...this.#trees.values()].find(({ threadIds }) => threadIds.includes(threadId))
    if (tree === undefined || tree.bytes < this.#limitBytes) return
    this.#letGoOn = new Set([...this.#letGoOn, tree.treeId])
    this.#trees = new Map([...this.#trees, [tree.treeId, { ...tree, endsAt: null }]])
    this.#tell(tree.threadIds)
  }

  /** The clock jumped by so much: nobody had more time to answer, or less. */
  shift(millis: Millis): void {
    const shifted = ({ endsAt, ...tree }: HeavyTree) => ({ ...tree, endsAt: endsAt === null ? null : endsAt + millis })
    this.#trees = new Map([...this.#trees].map(([treeId, tree]) => [treeId, shifted(tree)]))
  }

  /** All trees there are. Gives those whose time is over. */
  seen(weights: readonly Weight[], now: Millis, isSomebodyThere: boolean): readonly Weight[] {
    const before = this.#trees
    const near = weights.filter(({ bytes }) => bytes >= this.#limitBytes * nearPart)
    const patience = isSomebodyThere ? answerMillis : sureMillis
    this.#trees = new Map(near.map((weight) => [weight.treeId, { ...weight, endsAt: this.#endOf(weight, now + patience) }]))
    this.#letGoOn = new Set(weights.flatMap(({ treeId }) => (this.#letGoOn.has(treeId) ? treeId : [])))
    this.#tell([...before.values(), ...this.#trees.values()].flatMap(({ threadIds }) => threadIds))
    return [...this.#trees.values()].filter(({ endsAt }) => endsAt !== null && endsAt <= now)
  }

  #endOf({ treeId, bytes }: Weight, latest: Millis): Millis | null {
    if (bytes < this.#limitBytes || this.#letGoOn.has(treeId)) return null
    return this.#trees.get(treeId)?.endsAt ?? latest
  }
}
