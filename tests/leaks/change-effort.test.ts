// A change of effort leaves one agent, the same one: idle, in mid turn, and twice in a row.
import { describe, expect } from "vitest"
import { kinds, rootsOf } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { order, send, threadWhen } from "../stories/talk.ts"
import { expectSameProcess } from "./change.ts"

describe.each(kinds)("changing the effort of $name", (kind) => {
  const [first, second] = kind.efforts

  story("keeps the process and reaches the next request", ({ scene }) =>
    expectSameProcess(scene, kind, {
      change: async (client, threadId) => {
        await order(client, { _tag: "thread.set", threadId, effort: first })
        await order(client, { _tag: "thread.set", threadId, effort: second })
      },
      shows: ({ effort }) => effort === second,
    }),
  )

  story("in mid turn keeps the process and the turn", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind)
    await send(client, threadId, "slow 12 100\nsay the end")
    await threadWhen(client, threadId, { what: "a running turn", fits: (thread) => thread.turn?.sent === true })
    const before = rootsOf(scene, kind)
    expect(before).toHaveLength(1)
    await order(client, { _tag: "thread.set", threadId, effort: second })
    const ended = await threadWhen(client, threadId, { what: "the end of the turn", fits: (thread) => thread.turn === null })
    expect(ended).toMatchObject({ lastOutcome: "completed", config: { effort: second } })
    expect(rootsOf(scene, kind)).toEqual(before)
  })
})
