// The lines of the ledger. A line that is not known here was written by a newer Corral, and is kept as it is.
import type { TreeCertificate } from "@corral/contracts/certificate"
import type { SessionId, TreeId } from "@corral/contracts/ids"
import { sessionId, treeCertificate, treeId } from "./contract.ts"
import { list, nullable, oneOf, optional, struct, text, whole, type Check } from "./shape.ts"

export interface Identity {
  readonly pid: number
  readonly start: number
}

/** `serial`: the number that the tree's token and cookie are made of. `session` null: a short command of the server. */
export interface Intended {
  readonly ev: "intended"
  readonly at: number
  readonly treeId: TreeId
  readonly serial: string
  readonly tier: string
  readonly boot: string
  readonly provider: string
  readonly session: SessionId | null
  readonly cwd: string
  /** The cgroup that is made for it; older ledgers know of none. */
  readonly leaf?: string | null | undefined
}

export type LedgerLine =
  | Intended
  /** `sid` null: the system tells of no session that the root made. */
  | { readonly ev: "running"; readonly treeId: TreeId; readonly root: Identity; readonly pgid: number; readonly sid: number | null }
  /** The launch came to nothing, and nothing is left of it. */
  | { readonly ev: "undone"; readonly treeId: TreeId }
  | { readonly ev: "joined"; readonly treeId: TreeId; readonly session: SessionId }
  /** All members that are known by descent alone, in place of those said before: who looks next could not prove them again. */
  | { readonly ev: "members"; readonly treeId: TreeId; readonly members: readonly Identity[]; readonly sids: readonly number[] }
  | { readonly ev: "stopping"; readonly treeId: TreeId; readonly reason: string; readonly askedBy: string; readonly at: number }
  /** A short command ended by itself and left nothing. */
  | { readonly ev: "closed"; readonly treeId: TreeId }
  | { readonly ev: "certified"; readonly seq: number; readonly certificate: TreeCertificate }
  /** What is kept of a tree that is gone, until the next boot: its token, so that a late bearer is recognised. */
  | Tomb
  | { readonly ev: "rotated"; readonly seq: number; readonly at: number }

export interface Tomb {
  readonly ev: "tomb"
  readonly treeId: TreeId
  readonly serial: string
  readonly boot: string
  readonly tier: string
  readonly provider: string
  readonly sessions: readonly SessionId[]
}

const identity = struct({ pid: whole, start: whole })
const shapes: { readonly [L in LedgerLine as L["ev"]]: Check<L> } = {
  intended: struct({
    ev: oneOf("intended"),
    at: whole,
    treeId,
    serial: text,
    tier: text,
    boot: text,
    provider: text,
    session: nullable(sessionId),
    cwd: text,
    leaf: optional(nullable(text)),
  }),
  running: struct({ ev: oneOf("running"), treeId, root: identity, pgid: whole, sid: nullable(whole) }),
  undone: struct({ ev: oneOf("undone"), treeId }),
  joined: struct({ ev: oneOf("joined"), treeId, session: sessionId }),
  members: struct({ ev: oneOf("members"), treeId, members: list(identity), sids: list(whole) }),
  stopping: struct({ ev: oneOf("stopping"), treeId, reason: text, askedBy: text, at: whole }),
  closed: struct({ ev: oneOf("closed"), treeId }),
  certified: struct({ ev: oneOf("certified"), seq: whole, certificate: treeCertificate }),
  tomb: struct({ ev: oneOf("tomb"), treeId, serial: text, boot: text, tier: text, provider: text, sessions: list(sessionId) }),
  rotated: struct({ ev: oneOf("rotated"), seq: whole, at: whole }),
}

/** `torn`: the end of a line that could not be finished. `unknown`: whole, but not ours to understand. */
export function readLine(raw: string): LedgerLine | "torn" | "unknown" {
  let value: unknown
  try {
    value = JSON.parse(raw)
  } catch {
    return "torn"
  }
  return isLine(value) ? value : "unknown"
}

function isLine(value: unknown): value is LedgerLine {
  return Object.values(shapes).some((check) => check(value))
}
