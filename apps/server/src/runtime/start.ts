// A turn is given to its agent, which is woken first where it sleeps.
import type { ThreadId, TurnId } from "@corral/contracts/ids"
import type { TurnOutcome } from "@corral/contracts/turn"
import * as Effect from "effect/Effect"
import { Engine } from "../engine/engine.ts"
import type { LiveSession } from "./live.ts"
import { wakeRuntime } from "./wake.ts"

/** Void when the turn is no longer the current one, or was sent before: asked twice it is given once. */
export const startTurn = Effect.fn("turn.start")(function* (threadId: ThreadId, turnId: TurnId, askedBy = "server") {
  const engine = yield* Engine
  const due = () => {
    const turn = engine.thread(threadId)?.turn
    return turn?.turnId === turnId && !turn.sent ? turn : null
  }
  if (due() === null) return
  const live = yield* wakeRuntime(threadId, { why: "turn", turnId, askedBy }, () => due() !== null)
  const turn = due()
  if (live === null || turn === null) return
  if (turn.interruptAsked) return yield* end(live, { turnId, outcome: "interrupted", error: null })
  yield* give(live, turnId, turn.text)
})

/** On record before the agent has it: after a crash in between the turn is told as lost, never given twice. */
const give = (live: LiveSession, turnId: TurnId, text: string) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const { threadId, generation } = live
    yield* engine.record({ _tag: "turn.record-sent", threadId, turnId, generation })
    yield* live.session
      .start(turnId, text)
      .pipe(Effect.catchTag("AgentFailed", (failure) => end(live, { turnId, outcome: "failed", error: failure.message })))
  })

interface End {
  readonly turnId: TurnId
  readonly outcome: TurnOutcome
  readonly error: string | null
}

const end = ({ threadId, generation }: LiveSession, how: End) =>
  Effect.gen(function* () {
    yield* (yield* Engine).record({ _tag: "turn.complete", threadId, generation, ...how, usage: null })
  })
