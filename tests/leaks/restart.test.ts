// The server is stopped and started again: nothing runs in between, and a thread that is sent to goes on where it was.
import { describe, expect } from "vitest"
import { kinds, rootsOf } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { certificateOf, converse, rowsOf } from "../stories/talk.ts"

describe.each(kinds)("restarting the server with a thread of $name", (kind) => {
  story("stops the agent with a certificate, starts none, and resumes on the next message", async ({ scene }) => {
    const { corral, client, threadId } = await open(scene, kind)
    await converse(client, threadId, "say the first thing")
    expect(rootsOf(scene, kind)).toHaveLength(1)
    const rows = await rowsOf(client, threadId)
    const since = Date.now()
    expect(await corral.stop()).toMatchObject({ code: 0 })
    await scene.quiet(0)

    const again = await scene.start()
    expect(rootsOf(scene, kind)).toEqual([])
    expect(await certificateOf(again.client, threadId, since)).toMatchObject({
      outcome: "gone",
      left: 0,
      reason: "shutdown",
      askedBy: "server signal",
    })
    expect((await rowsOf(again.client, threadId)).slice(0, rows.length)).toEqual(rows)
    await kind.remembers(scene, again.client, { threadId, said: "the first thing" })
    expect(rootsOf(scene, kind)).toHaveLength(1)
  })
})
