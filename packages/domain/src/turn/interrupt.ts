// A person wants a turn to end: a queued one is taken out, a running one is asked to stop.
import type { TurnId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import type { InterruptTurn, TurnInterruptAsked, TurnWithdrawn } from "@corral/contracts/turn"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { onThread } from "../on-thread.ts"
import { isHosted } from "../runtime/hosted.ts"
import type { World } from "../state.ts"
import { nextTurn } from "./next.ts"

export const decideInterruptTurn = (world: World, { threadId, turnId }: InterruptTurn): Decision =>
  onThread(world, threadId, (thread) => {
    const { title, turn, queue, runtime } = thread
    if (queue.some((queued) => queued.turnId === turnId)) return accept([{ _tag: "turn.withdrawn", threadId, turnId }])
    if (turn?.turnId !== turnId)
      return reject("unknown-turn", `Thread “${title}” has no running or queued turn ${turnId}; it stays as it is.`)
    if (turn.interruptAsked) return accept([])
    // No agent has it and none is being started: there is nobody to ask.
    if (!turn.sent && !isHosted(runtime)) return endedAtOnce(thread, turnId)
    return accept([{ _tag: "turn.interrupt-asked", threadId, turnId }], [{ _tag: "turn.interrupt", threadId, turnId }])
  })

export const evolveTurnWithdrawn = (thread: Thread, { turnId }: TurnWithdrawn): Thread => {
  const queue = thread.queue.filter((queued) => queued.turnId !== turnId)
  if (queue.length === thread.queue.length) return thread
  return { ...thread, queue, queueHeld: thread.queueHeld && queue.length > 0 }
}

export const evolveTurnInterruptAsked = (thread: Thread, { turnId }: TurnInterruptAsked): Thread => {
  const { turn } = thread
  if (turn?.turnId !== turnId || turn.interruptAsked) return thread
  return { ...thread, turn: { ...turn, interruptAsked: true } }
}

const endedAtOnce = (thread: Thread, turnId: TurnId): Decision => {
  const next = nextTurn({ ...thread, turn: null })
  const completed = { _tag: "turn.completed", threadId: thread.threadId, turnId, outcome: "interrupted", error: null, usage: null } as const
  return accept([completed, ...next.events], next.intents)
}
