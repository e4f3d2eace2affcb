// A certificate came: what hosted the session is gone, or is stuck with survivors. What was asked and not yet begun is kept.
import type { Certificate, StopReason } from "@corral/contracts/certificate"
import type { ThreadEvent } from "@corral/contracts/event"
import type { Millis } from "@corral/contracts/ids"
import type { RecordStopped, RuntimeStopped } from "@corral/contracts/runtime"
import type { CurrentTurn, Thread } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import type { World } from "../state.ts"
import { closedRequests } from "../turn/answer.ts"
import { causeOf } from "./cause.ts"
import { isMeant } from "./meant.ts"

/** Stops that no person asked for. */
const byRule: readonly StopReason[] = ["idle", "memory", "room", "memory-limit"]
/** In an event they are kept for ever; the certificate has them all. */
const mostEnded = 5
const maxCommandChars = 160

export const decideRecordStopped = (world: World, { threadId, generation, certificate }: RecordStopped): Decision =>
  onGeneration(world, { threadId, generation }, (thread) => {
    const { certificateId, reason, freedBytes, left, outcome, unseen } = certificate
    // Every certificate is told twice, once as an answer. A stuck one can also be the answer to the next stop that was asked for.
    const { lastStop, state } = thread.runtime
    if (lastStop?.certificateId === certificateId && state !== "stopping") return accept([])
    const stopped: ThreadEvent = {
      _tag: "runtime.stopped",
      threadId,
      generation,
      certificateId,
      reason,
      freedBytes,
      left,
      outcome,
      ...(unseen !== undefined && { unseen }),
      ...endedWith(certificate),
    }
    const events = [...closedRequests(thread), ...endedTurn(thread, certificate), stopped]
    const { turn } = thread
    // After an exit the hand that was giving the turn to the agent knows of it, and tries again or reports the failure: one try, no loop.
    const again = turn !== null && survives(thread, turn, certificate) && reason !== "exited"
    return accept(events, again ? [{ _tag: "turn.start", threadId, turnId: turn.turnId }] : [])
  })

export const evolveRuntimeStopped = (thread: Thread, event: RuntimeStopped, at: Millis): Thread => {
  const { certificateId, reason, freedBytes, left, outcome, unseen } = event
  const isStuck = outcome === "stuck"
  const lastStop = { certificateId, reason, at, freedBytes, left, outcome, ...(unseen !== undefined && { unseen }) }
  const over = { keptUntil: null, background: [], stopping: null, lastStop }
  const tree = isStuck ? {} : { treeId: null, tier: null }
  return { ...thread, runtime: { ...thread.runtime, ...over, ...tree, state: isStuck ? "stuck" : "asleep", since: at } }
}

/** No agent has taken the turn, and nobody wants it ended: it waits for the next wake. */
const survives = (thread: Thread, turn: CurrentTurn, certificate: Certificate) =>
  !turn.sent && !turn.interruptAsked && thread.status === "active" && certificate.outcome !== "stuck"

const endedTurn = (thread: Thread, certificate: Certificate): readonly ThreadEvent[] => {
  const { threadId, turn } = thread
  if (turn === null || survives(thread, turn, certificate)) return []
  const isWanted = turn.interruptAsked || isMeant(certificate.reason)
  const end = isWanted ? ({ outcome: "interrupted", error: null } as const) : ({ outcome: "failed", error: causeOf(certificate) } as const)
  return [{ _tag: "turn.completed", threadId, turnId: turn.turnId, usage: null, ...end }]
}

/** Told where nobody asked for the stop: what ran beside the agent, a server say, does not come back with it. */
const endedWith = ({ reason, killed, rootPid }: Certificate): Pick<RuntimeStopped, "ended"> => {
  const commands = killed.flatMap(({ pid, command }) => (pid === rootPid ? [] : command.slice(0, maxCommandChars)))
  const ended = [...new Set(commands)].slice(0, mostEnded)
  return byRule.includes(reason) && ended.length > 0 ? { ended } : {}
}
