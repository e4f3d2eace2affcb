// A deleted thread holds no process and is in no list, also when it was deleted while its agent was starting.
import { describe, expect } from "vitest"
import { until } from "../agents/deadline.ts"
import { kinds } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { certificateOf, converse, order, send } from "../stories/talk.ts"

const settleMillis = 15_000

describe.each(kinds)("deleting a thread of $name", (kind) => {
  story("leaves no process and no thread", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind)
    await converse(client, threadId, "say hello")
    const since = Date.now()
    await order(client, { _tag: "thread.delete", threadId })
    expect(await certificateOf(client, threadId, since)).toMatchObject({ outcome: "gone", left: 0, reason: "delete" })
    await scene.quiet(0)
    expect(await client.call("threads", { status: "active", projectId: null, before: null, limit: 10 })).toMatchObject({
      threads: [],
      total: 0,
    })
    await expect(client.call("thread", { threadId })).rejects.toThrow()
  })

  story("while it starts leaves nothing that comes up later", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind)
    const since = Date.now()
    await send(client, threadId, kind.slowly)
    await order(client, { _tag: "thread.delete", threadId })
    expect(await certificateOf(client, threadId, since)).toMatchObject({ left: 0 })
    await until(async () => ((await client.call("count", {})).trees === 0 ? true : undefined), {
      what: "no tree",
      withinMillis: settleMillis,
    })
    await scene.quiet(settleMillis)
  })
})
