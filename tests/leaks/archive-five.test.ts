// Five threads archived one by one: one agent fewer after each, none at the end.
import { describe, expect } from "vitest"
import { kinds, rootsOf } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { certificateOf, converse, createThread, order } from "../stories/talk.ts"

describe.each(kinds)("archiving five threads of $name", (kind) => {
  story("takes one agent away each time, and only that one", async ({ scene }) => {
    const { client, projectId, threadId } = await open(scene, kind)
    const threads = [threadId]
    while (threads.length < 5) threads.push(await createThread(client, projectId, kind.config))
    for (const [place, each] of threads.entries()) {
      await converse(client, each, `say thread ${place}`)
      expect(rootsOf(scene, kind)).toHaveLength(place + 1)
    }

    for (const [place, each] of threads.entries()) {
      const before = rootsOf(scene, kind).map(({ pid }) => pid)
      const since = Date.now()
      await order(client, { _tag: "thread.archive", threadId: each })
      expect(await certificateOf(client, each, since)).toMatchObject({ outcome: "gone", left: 0, threadIds: [each] })
      const after = rootsOf(scene, kind).map(({ pid }) => pid)
      expect(after).toHaveLength(threads.length - place - 1)
      expect(before).toEqual(expect.arrayContaining(after))
      expect((await client.call("count", {})).trees).toBe(threads.length - place - 1)
    }
    await scene.quiet(0)
  })
})
