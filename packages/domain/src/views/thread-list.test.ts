import { describe, expect, it } from "vitest"
import { asked, asleep, busy, ended, given, projectId, queued, threadId, turnIds } from "../../test/story.ts"
import { summarize } from "./thread-list.ts"

describe("a thread in the list", () => {
  it("that sleeps carries no bodies", () => {
    expect(summarize(given(...asleep).it())).toEqual({
      threadId,
      projectId,
      title: "Fix it",
      status: "active",
      provider: "claude",
      touchedAt: 2000,
      runtime: "asleep",
      busy: false,
      waiting: null,
      queued: 0,
      lastOutcome: null,
    })
  })

  it("tells that it works, waits, and how many turns wait for it", () => {
    const thread = given(...busy, queued(turnIds.second), asked({ kind: "plan" }), asked({ kind: "command" })).it()
    expect(summarize(thread)).toMatchObject({ busy: true, waiting: "plan", queued: 1, runtime: "busy" })
  })

  it("tells how its last turn ended", () => {
    expect(summarize(given(...busy, ended(turnIds.first, "failed")).it())).toMatchObject({ busy: false, lastOutcome: "failed" })
  })
})
