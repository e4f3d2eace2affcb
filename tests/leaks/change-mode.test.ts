// A change of mode leaves one agent, the same one, to every mode there is.
import { describe, expect } from "vitest"
import { claude, kinds, practice, rootsOf } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { converse, order, send, threadWhen } from "../stories/talk.ts"
import { expectSameProcess } from "./change.ts"

describe.each(kinds)("changing the mode of $name", (kind) => {
  story("keeps the process, through every mode and back to the freest", ({ scene }) =>
    expectSameProcess(scene, kind, {
      change: async (client, threadId) => {
        for (const mode of ["ask", "edit", "plan", "full"] as const) await order(client, { _tag: "thread.set", threadId, mode })
      },
    }),
  )

  story("to `ask` makes the same process ask before it runs a command", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind)
    await converse(client, threadId, "say hello")
    const before = rootsOf(scene, kind)
    await order(client, { _tag: "thread.set", threadId, mode: "ask" })
    await send(client, threadId, { [claude.name]: "tool: touch asked-first", [practice.name]: "run touch asked-first" }[kind.name] ?? "")
    const asking = await threadWhen(client, threadId, { what: "a request", fits: (thread) => thread.requests.length > 0 })
    expect(asking.requests).toMatchObject([{ kind: "command", subject: expect.stringContaining("touch asked-first") }])
    expect(rootsOf(scene, kind)).toEqual(before)
  })
})
