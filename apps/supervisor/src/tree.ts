// One launch and everything that came of it, as it is known in memory.
import type { TreeCertificate } from "@corral/contracts/certificate"
import type { SessionId, TreeId } from "@corral/contracts/ids"
import type { Budgets } from "@corral/contracts/supervisor"
import type { TreeState } from "@corral/contracts/tree"
import type { Entry } from "./ledger.ts"
import type { Identity, Intended } from "./ledger-line.ts"
import type { Exit, Pipes } from "./pipes.ts"
import type { Mark } from "./platform/containment.ts"
import { Sessions } from "./platform/sessions.ts"
import type { StopOrder, StopResult } from "./stop-order.ts"
import { bearsTokens } from "./tier.ts"

export interface Tree {
  readonly treeId: TreeId
  readonly provider: string
  readonly tier: string
  readonly launchedAt: number
  readonly mark: Mark
  readonly farewell: readonly string[]
  readonly budgets: Budgets | null
  /** The session by whose tag the root was started: everything inherits it, so it tells nobody apart. */
  readonly rootTag: string | null
  /** The sessions it serves now. */
  readonly sessions: Set<SessionId>
  state: TreeState
  rung: string | null
  root: Identity | null
  /** Null: its pipes died with a former supervisor, or there were none. */
  pipes: Pipes | null
  exit: Exit | null
  /** Resolves when the launch has succeeded or was undone: a stop waits for it. */
  settled: Promise<unknown>
  stopping: Promise<StopResult> | null
  /** Sessions on their way out of a tree that stays. */
  readonly releasing: Map<SessionId, Promise<TreeCertificate | string>>
  /** The order that a stuck tree is tried again by. */
  lastStop: StopOrder | null
  /** What the ledger has of the mark: members known by descent, and sessions. */
  journalled: string
}

/** `leaf` null: no cgroup was made for it. */
export function markOf(treeId: TreeId, { serial, tier, leaf = null }: Pick<Intended, "serial" | "tier" | "leaf">): Mark {
  const token = bearsTokens(tier) ? serial : null
  return { treeId, token, cookie: cookieOf(treeId, serial), leaf, known: new Map(), sids: new Sessions() }
}

/** The value of CORRAL_TREE in a tree's environment: readable, and never given twice. */
export function cookieOf(treeId: TreeId, serial: string): string {
  return `${treeId}.${serial}`
}

/** A tree that a former supervisor started, as the ledger tells of it. */
export function inherit(entry: Entry): Tree {
  const { treeId, tier, provider, at } = entry.intended
  const mark = { ...markOf(treeId, entry.intended), sids: new Sessions(entry.sids) }
  for (const { pid, start } of entry.root ? [entry.root, ...entry.members] : entry.members) mark.known.set(pid, start)
  const sessions = new Set(entry.sessions)
  const tree = newTree({ treeId, provider, tier, mark, launchedAt: at, farewell: [], budgets: null, rootTag: null, sessions })
  return Object.assign(tree, { state: "running", root: entry.root } as const)
}

/** What is fixed at launch; the rest begins with nothing known. */
export type Launch = Pick<Tree, "treeId" | "provider" | "tier" | "mark" | "launchedAt" | "farewell" | "budgets" | "rootTag" | "sessions">

export function newTree(launch: Launch): Tree {
  return {
    ...launch,
    state: "intended",
    rung: null,
    root: null,
    pipes: null,
    exit: null,
    settled: Promise.resolve(),
    stopping: null,
    releasing: new Map(),
    lastStop: null,
    journalled: "",
  }
}
