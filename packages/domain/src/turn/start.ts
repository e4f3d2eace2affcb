// A person says something: the turn starts, or waits in the queue while another one runs.
import type { Event } from "@corral/contracts/event"
import type { Millis } from "@corral/contracts/ids"
import { maxQueuedTurns, maxTurnChars } from "@corral/contracts/limits"
import type { RuntimeState } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { StartTurn, TurnQueued, TurnStarted } from "@corral/contracts/turn"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { onActiveThread } from "../on-thread.ts"
import type { World } from "../state.ts"
import { titleFrom, untitled } from "../thread/title.ts"
import { beginning, nextTurn } from "./next.ts"

export const decideStartTurn = (world: World, command: StartTurn): Decision =>
  onActiveThread(world, command.threadId, (thread) => {
    const { threadId, turnId, text } = command
    const refusal = refuseText(text) ?? refuseTurn(thread, command)
    if (refusal !== null) return refusal
    const queued: Event = { _tag: "turn.queued", threadId, turnId, text }
    if (thread.turn !== null) return accept([queued])
    if (thread.queue.length > 0) {
      const next = nextTurn(thread)
      return accept([queued, ...next.events], next.intents)
    }
    const begun = beginning(thread, turnId, text)
    return accept([...titled(thread, text), ...begun.events], begun.intents)
  })

export const evolveTurnQueued = (thread: Thread, { turnId, text }: TurnQueued, at: Millis): Thread => ({
  ...thread,
  touchedAt: at,
  queue: [...thread.queue, { turnId, text, at }],
  queueHeld: thread.turn === null,
})

export const evolveTurnStarted = (thread: Thread, event: TurnStarted, at: Millis): Thread => {
  const { turnId } = event
  const text = thread.queue.find((queued) => queued.turnId === turnId)?.text ?? event.text
  const state = workingState(thread.runtime.state)
  return {
    ...thread,
    touchedAt: at,
    turn: { turnId, text, startedAt: at, sent: false, interruptAsked: false },
    queue: thread.queue.filter((queued) => queued.turnId !== turnId),
    queueHeld: false,
    lastError: null,
    turns: thread.turns + 1,
    runtime: state === thread.runtime.state ? thread.runtime : { ...thread.runtime, state, since: at },
  }
}

const refuseText = (text: string) => {
  if (text.trim() === "") return reject("empty-text", "A turn needs a text; nothing was sent.")
  if (text.length <= maxTurnChars) return null
  return reject("text-too-long", `The text has ${text.length} characters, ${maxTurnChars} are allowed; nothing was sent.`)
}

const refuseTurn = (thread: Thread, { turnId, whenBusy }: StartTurn) => {
  const { title, turn, queue } = thread
  if (turn?.turnId === turnId || queue.some((queued) => queued.turnId === turnId))
    return reject("duplicate-id", `Thread “${title}” has turn ${turnId} already; it goes on as it is.`)
  if (turn !== null && whenBusy === "refuse")
    return reject("turn-already-running", `Thread “${title}” is in the middle of a turn, which goes on; the new text was not taken.`)
  const mustQueue = turn !== null || queue.length > 0
  if (!mustQueue || queue.length < maxQueuedTurns) return null
  return reject("queue-full", `${queue.length} turns wait in thread “${title}”, no more are taken; the new text was not taken.`)
}

const titled = ({ threadId, title, turns }: Thread, text: string): readonly Event[] => {
  const made = titleFrom(text)
  return title === untitled && turns === 0 && made !== untitled ? [{ _tag: "thread.renamed", threadId, title: made }] : []
}

const workingState = (state: RuntimeState): RuntimeState => {
  if (state === "asleep") return "waking"
  return state === "idle" ? "busy" : state
}
