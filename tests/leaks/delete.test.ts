// A deleted thread holds no process and is in no list, also when it was deleted while its agent was starting.
import { describe, expect } from "vitest"
import type { ThreadId } from "@corral/contracts/ids"
import { until } from "../agents/deadline.ts"
import { kinds, rootsOf } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { certificateOf, converse, createThread, order, send, threadWhen } from "../stories/talk.ts"

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

  story("while it starts leaves nothing that comes up later, however far it has come", async ({ scene }) => {
    const { client, projectId, threadId } = await open(scene, kind)
    const atOnce = () => Promise.resolve()
    const whenIn = (state: string) => (thread: ThreadId) =>
      threadWhen(client, thread, { what: state, fits: ({ runtime }) => runtime.state === state })
    for (const far of [atOnce, whenIn("waking"), whenIn("busy")]) {
      const starting = await createThread(client, projectId, kind.config)
      await send(client, starting, kind.slowly)
      await far(starting)
      await order(client, { _tag: "thread.delete", threadId: starting })
    }
    await scene.quiet(settleMillis)
    // By the time another thread has answered, whatever was still on its way up would be there.
    await converse(client, threadId, "say hello")
    const isOneLeft = async () => {
      const { trees, strays } = await client.call("count", {})
      return (trees === 1 && strays === 0 && rootsOf(scene, kind).length === 1) || undefined
    }
    await until(isOneLeft, { what: "that agent alone", withinMillis: settleMillis, instead: () => JSON.stringify(scene.running()) })
  })
})
