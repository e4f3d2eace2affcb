// A person's answer goes to the agent that waits for it.
import { ItemId, type RequestId, type ThreadId } from "@corral/contracts/ids"
import type { Answer } from "@corral/contracts/turn"
import * as Effect from "effect/Effect"
import { Engine } from "../engine/engine.ts"
import { LiveSessions } from "./live.ts"

/** An agent that left before the answer came cannot take it: the thread says so. */
export const answerTurn = Effect.fn("turn.answer")(function* (threadId: ThreadId, requestId: RequestId, answer: Answer) {
  const engine = yield* Engine
  const live = (yield* LiveSessions).get(threadId)
  const lost = (detail: string | null) =>
    engine.record({
      _tag: "turn.record",
      threadId,
      generation: engine.thread(threadId)?.runtime.generation ?? 0,
      pieces: [
        {
          _tag: "notice",
          itemId: noticeId(requestId),
          turnId: null,
          level: "warning",
          text: "The agent was gone before your answer reached it.",
          detail,
        },
      ],
    })
  if (live === undefined) return yield* Effect.asVoid(lost(null))
  yield* live.session.answer(requestId, answer).pipe(Effect.catchTag("AgentFailed", (failure) => lost(failure.message)))
})

const noticeId = (requestId: RequestId) => ItemId.make(`answer-${requestId}`.slice(0, 96))
