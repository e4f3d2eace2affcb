// A change of model leaves one agent, the same one, also twice in a row.
import { describe } from "vitest"
import { kinds } from "../stories/kinds.ts"
import { story } from "../stories/story.ts"
import { order } from "../stories/talk.ts"
import { expectSameProcess } from "./change.ts"

describe.each(kinds)("changing the model of $name", (kind) => {
  const [first, second] = kind.models

  story("keeps the process and reaches the next request", ({ scene }) =>
    expectSameProcess(scene, kind, {
      change: async (client, threadId) => {
        await order(client, { _tag: "thread.set", threadId, model: first })
        await order(client, { _tag: "thread.set", threadId, model: second })
      },
      shows: ({ model }) => model.includes(second),
    }),
  )
})
