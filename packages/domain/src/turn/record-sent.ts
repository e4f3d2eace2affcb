// The agent has taken the text of the turn.
import type { Thread } from "@corral/contracts/thread"
import type { RecordSent, TurnSent } from "@corral/contracts/turn"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import type { World } from "../state.ts"
import { turnNotRunning } from "./complete.ts"

export const decideRecordSent = (world: World, { threadId, turnId, generation }: RecordSent): Decision =>
  onGeneration(world, { threadId, generation }, (thread) => {
    if (thread.turn?.turnId !== turnId) return turnNotRunning(thread, turnId)
    return accept(thread.turn.sent ? [] : [{ _tag: "turn.sent", threadId, turnId }])
  })

export const evolveTurnSent = (thread: Thread, { turnId }: TurnSent): Thread => {
  const { turn } = thread
  return turn?.turnId === turnId && !turn.sent ? { ...thread, turn: { ...turn, sent: true } } : thread
}
