// What all verbs of the supervisor share: the home's trees and how to see, record and tell of them.
import type { SessionId, TreeId } from "@corral/contracts/ids"
import type { Told } from "@corral/contracts/supervisor"
import type { Ladders } from "./descend.ts"
import type { Home } from "./home.ts"
import type { Ledger } from "./ledger.ts"
import type { Scales } from "./memory.ts"
import type { Listener } from "./pipes.ts"
import type { Ports } from "./ports.ts"
import type { Containment } from "./platform/containment.ts"
import type { Surveys } from "./survey/surveys.ts"
import type { Tree } from "./tree.ts"

export interface Supervision {
  readonly home: Home
  readonly containment: Containment
  readonly ledger: Ledger
  readonly ladders: Ladders
  /** Trees not yet proved gone. */
  readonly trees: Map<TreeId, Tree>
  /** Trees that are gone, while a server may still want their last lines. */
  readonly finished: Map<TreeId, Tree>
  /** Bearers of a token whose tree is gone or unknown, by token, until they are proved gone too. */
  readonly strays: Map<string, Tree>
  readonly scales: Scales
  readonly ports: Ports
  readonly surveys: Surveys
  /** Resolves to false when no watcher stands guard. */
  readonly armed: () => Promise<boolean>
  /** To the server on the line; without one it is not said, since the ledger has what matters. */
  readonly tell: (told: Told) => void
  readonly line: { listener: Listener | null }
  /** A tree was proved gone: the sweep looks for late bearers of its token. */
  readonly onGone: (tree: Tree) => void
  /** No launches now. */
  closing: Closing | null
}

/** Not for good: the server leaves, and the next one may launch again. For good: the supervisor itself leaves. */
export interface Closing {
  readonly why: string
  readonly isForGood: boolean
}

export function treeOfSession(s: Supervision, session: SessionId): Tree | undefined {
  for (const tree of s.trees.values()) if (tree.sessions.has(session)) return tree
  return undefined
}
