// The pipes of all trees that this server listens to, over one line that may break and come back.
import type { Bookmark, Told } from "@corral/contracts/supervisor"
import type { TreeId } from "@corral/contracts/ids"
import type { TreeLine } from "./supervisor.ts"

/** Acknowledge after this many lines, or when the batch that came in one piece has been handled. */
const ackEvery = 64

type Exit = Parameters<Parameters<TreeLine["onExit"]>[0]>[0]

/** Where the supervisor's bookmark is, no line has told yet. */
const nowhere = -1

interface Tree {
  seen: number
  acknowledged: number
  line: ((line: string, n: number) => void) | null
  exit: ((exit: Exit) => void) | null
  /** What came before there was a listener; bounded by the supervisor's own window, for nothing of it is acknowledged. */
  early: { readonly text: string; readonly n: number }[]
  ended: Exit | null
}

export interface TreeWire {
  readonly ack: (treeId: TreeId, n: number) => void
  readonly write: (treeId: TreeId, lines: readonly string[], bookmark: Bookmark | null) => Promise<void>
  readonly requestStop: (treeId: TreeId) => void
}

export interface Trees {
  readonly add: (treeId: TreeId) => Omit<TreeLine, "pid">
  readonly told: (told: Told) => void
  /** Every tree still listened to, with the number of its last line: what to attach again after the line came back. */
  readonly open: () => readonly { readonly treeId: TreeId; readonly after: number | null }[]
  /** The tree went with its supervisor. */
  readonly lost: (treeId: TreeId) => void
}

export const makeTrees = (wire: TreeWire): Trees => {
  const trees = new Map<TreeId, Tree>()

  const acknowledge = (treeId: TreeId, tree: Tree) => {
    if (tree.seen === nowhere || tree.acknowledged === tree.seen || tree.line === null) return
    tree.acknowledged = tree.seen
    wire.ack(treeId, tree.seen)
  }

  const line = (treeId: TreeId, n: number, text: string) => {
    const tree = trees.get(treeId)
    if (tree === undefined || n <= tree.seen) return
    if (tree.seen === nowhere) tree.acknowledged = n - 1
    tree.seen = n
    if (tree.line === null) return void tree.early.push({ text, n })
    tree.line(text, n)
    if (n - tree.acknowledged >= ackEvery) return acknowledge(treeId, tree)
    if (n - tree.acknowledged === 1) queueMicrotask(() => acknowledge(treeId, tree))
  }

  const end = (treeId: TreeId, exit: Exit) => {
    const tree = trees.get(treeId)
    if (tree === undefined || tree.ended !== null) return
    tree.ended = exit
    tree.exit?.(exit)
    trees.delete(treeId)
  }

  return {
    add: (treeId) => {
      const tree: Tree = { seen: nowhere, acknowledged: nowhere, line: null, exit: null, early: [], ended: null }
      trees.set(treeId, tree)
      return lineOf(treeId, tree, { ...wire, ack: () => acknowledge(treeId, tree) })
    },
    told: (told) => {
      if (told._tag === "line") return line(told.treeId, told.n, told.line)
      if (told._tag === "exit") return end(told.treeId, { code: told.code, signal: told.signal, stderr: told.stderr })
      if (told._tag !== "overlong") return
      end(told.treeId, {
        code: null,
        signal: null,
        stderr: `The agent wrote one line of ${told.bytes} bytes, more than can be taken whole.`,
      })
      wire.requestStop(told.treeId)
    },
    open: () => [...trees].map(([treeId, { seen }]) => ({ treeId, after: seen === nowhere ? null : seen })),
    lost: (treeId) =>
      end(treeId, { code: null, signal: null, stderr: "The supervisor that held this agent was lost, and the agent with it." }),
  }
}

const lineOf = (treeId: TreeId, tree: Tree, wire: TreeWire): Omit<TreeLine, "pid"> => ({
  write: (lines, bookmark) => wire.write(treeId, lines, bookmark),
  requestStop: () => wire.requestStop(treeId),
  onLine: (listener) => {
    tree.line = listener
    for (const { text, n } of tree.early.splice(0)) listener(text, n)
    wire.ack(treeId, tree.seen)
  },
  onExit: (listener) => {
    tree.exit = listener
    if (tree.ended !== null) listener(tree.ended)
  },
})
