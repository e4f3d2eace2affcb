// Which glyph a thread shows, and which one stands for many.
import { expect, it } from "vitest"
import type { ThreadSummary } from "@corral/contracts/thread"
import { foremost, statusOf } from "./status.ts"

const asleep = {
  status: "active",
  title: "t",
  provider: "practice",
  touchedAt: 1,
  runtime: "asleep",
  busy: false,
  waiting: null,
  queued: 0,
  lastOutcome: null,
}
// The ids play no part here.
const summary = (change: object): ThreadSummary =>
  JSON.parse(JSON.stringify({ ...asleep, threadId: "thr_1", projectId: "prj_1", ...change }))

it.each([
  [{}, false, "asleep"],
  [{ runtime: "idle" }, false, "idle"],
  [{ runtime: "busy" }, false, "working"],
  [{ busy: true }, false, "working"],
  [{ runtime: "busy", busy: true, stalled: { heardAt: 1, since: 2, until: 3, cpuMillis: 0 } }, false, "needs"],
  [{ runtime: "waking", busy: true }, false, "moving"],
  [{ runtime: "stopping" }, false, "moving"],
  [{ runtime: "stuck" }, false, "trouble"],
  [{ lastOutcome: "failed" }, false, "trouble"],
  [{ lastOutcome: "failed", busy: true, runtime: "busy" }, false, "working"],
  [{ lastOutcome: "completed" }, true, "done"],
  [{ lastOutcome: "completed" }, false, "asleep"],
  [{ lastOutcome: "completed", runtime: "idle" }, true, "done"],
  [{ waiting: "command", busy: true, runtime: "busy" }, true, "needs"],
])("%j, unread %s, shows %s", (change, isUnread, status) => {
  expect(statusOf(summary(change), isUnread).status).toBe(status)
})

it("never calls a stuck thread asleep", () => {
  expect(statusOf(summary({ runtime: "stuck", lastOutcome: "completed" }), true).name).toContain("Stuck")
})

it("lets the most urgent stand for all", () => {
  expect(foremost(["asleep", "idle", "needs", "working"])).toBe("needs")
  expect(foremost([])).toBe("asleep")
})
