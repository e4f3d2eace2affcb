// A stuck thread names what is left; before it is known, nothing is claimed about it.
import type { Certificate } from "@corral/contracts/certificate"
import { TreeId } from "@corral/contracts/ids"
import { expect, it } from "vitest"
import { stuckWords } from "./stuck-words.ts"

const stuck: Certificate = {
  certificateId: "crt_1",
  treeId: TreeId.make("tre_1"),
  sessions: [],
  provider: "claude",
  reason: "stop",
  askedBy: "server",
  startedAt: 1,
  endedAt: 2,
  rungs: [],
  killed: [],
  freedBytes: 0,
  left: 1,
  survivors: [{ pid: 7, start: 1, startedAt: 1, ppid: 1, pgid: 7, sid: 7, command: `dd ${"x".repeat(100)}`, evidence: "token" }],
  untagged: 0,
  exit: null,
  tier: "linux-token",
  checkedAt: 2,
  outcome: "stuck",
  threadIds: [],
}

it("names what survived", () => {
  expect(stuckWords(stuck, null)).toBe(`dd ${"x".repeat(77)} (pid 7) still there after every rung`)
})

it("says that the check failed only where the certificate names nobody", () => {
  expect(stuckWords({ ...stuck, survivors: [] }, null)).toBe("the check itself failed")
  expect(stuckWords(null, null)).toBe("its certificate is being fetched")
  expect(stuckWords(null, "There is no certificate crt_1.")).toBe("its certificate cannot be shown: There is no certificate crt_1")
})
