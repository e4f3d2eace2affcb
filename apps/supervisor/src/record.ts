// Makes the certificate of a stop, keeps it in the ledger and tells it.
import { randomBytes } from "node:crypto"
import type { TreeCertificate } from "@corral/contracts/certificate"
import type { Landing } from "./descend.ts"
import type { Sighted } from "./platform/containment.ts"
import type { StopOrder } from "./stop-order.ts"
import type { Supervision } from "./supervision.ts"
import type { Tree } from "./tree.ts"

export interface Facts {
  readonly sessions: TreeCertificate["sessions"]
  /** When the stop began, by the clock that nobody sets. */
  readonly began: number
  readonly freedBytes: number
  readonly untagged: number
  readonly outcome: TreeCertificate["outcome"]
}

/** Writes the certificate and tells it; a text: why it could not be written. */
export function record(
  s: Supervision,
  stopped: { readonly tree: Tree; readonly order: StopOrder; readonly landing: Landing; readonly facts: Facts },
): TreeCertificate | string {
  const { tree, order, landing } = stopped
  const { began, ...facts } = stopped.facts
  const endedAt = Date.now()
  const certificate: TreeCertificate = {
    certificateId: `crt_${randomBytes(9).toString("hex")}`,
    treeId: tree.treeId,
    provider: tree.provider,
    reason: order.reason,
    askedBy: order.askedBy,
    startedAt: Math.round(endedAt - (performance.now() - began)),
    endedAt,
    rungs: landing.rungs,
    killed: landing.killed,
    left: landing.survivors.length,
    survivors: landing.survivors.map((member) => memberOf(s, member)),
    exit: tree.exit,
    tier: tree.tier,
    checkedAt: landing.checkedAt,
    ...facts,
    ...(tree.root && { rootPid: tree.root.pid }),
    ...(landing.unseen !== null && { unseen: landing.unseen }),
  }
  const numbered = s.ledger.certify(certificate)
  if (typeof numbered === "string") return `the tree ${tree.treeId} was taken down, but its certificate could not be written: ${numbered}`
  s.tell({ _tag: "certificate", ...numbered })
  return certificate
}

function memberOf(s: Supervision, member: Sighted): TreeCertificate["survivors"][number] {
  const { pid, start, startedAt, ppid, pgid, sid, evidence } = member
  return { pid, start, startedAt, ppid, pgid, sid, command: s.containment.commandOf(member), evidence }
}
