// For tests: certificates by number.
import type { Certificate } from "@corral/contracts/certificate"
import { ThreadId, TreeId } from "@corral/contracts/ids"

export const certificate = (n: number, changes: Partial<Certificate> = {}): Certificate => ({
  certificateId: `crt_${n}`,
  treeId: TreeId.make(`tre_${n}`),
  sessions: [],
  provider: "played",
  reason: "stop",
  askedBy: "test",
  startedAt: n,
  endedAt: n,
  rungs: [],
  killed: [],
  freedBytes: 0,
  left: 0,
  survivors: [],
  untagged: 0,
  exit: null,
  tier: "played",
  checkedAt: n,
  outcome: "gone",
  threadIds: [ThreadId.make(`thr_${n % 2}`)],
  ...changes,
})
