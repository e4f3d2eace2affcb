// The history of memory outlives the server that made it: killed without a word, it is there again with the next one, with a gap.
import { describe, expect } from "vitest"
import type { Connection } from "@corral/client/connect"
import { until } from "../agents/deadline.ts"
import { practice } from "./kinds.ts"
import { open, story } from "./story.ts"
import { converse } from "./talk.ts"

const past = (client: Connection) => client.call("memoryHistory", { range: "24h" })

describe("the history of memory", () => {
  story("is there after the server was killed, with a gap where nobody looked", async ({ scene }) => {
    const { corral, client, threadId } = await open(scene, practice)
    await converse(client, threadId, "say the first thing")
    const seen = async (from: Connection) => {
      const { at, sessions, starts, since } = await past(from)
      const kib = sessions.find(({ key }) => key === threadId)?.kib ?? []
      return kib.some((held) => held > 0) ? { at, starts, since } : undefined
    }
    const before = (await until(() => seen(client), { what: "a look at the session", withinMillis: 10_000 })).seen
    corral.signal("SIGKILL")
    await corral.exited

    const { client: next } = await scene.start()
    const after = await seen(next)
    expect(after?.since).toBe(before.since)
    expect(after?.at[0]).toBe(before.at[0])
    const [, start = 0] = after?.starts ?? []
    expect(start).toBeGreaterThan(before.at[0] ?? Infinity)
    await converse(next, threadId, "say the second thing")
    await next.call("processes", { threadId: null })
    const [first = 0, second = 0] = (await seen(next))?.at ?? []
    expect([first < start, start <= second]).toEqual([true, true])
  })
})
