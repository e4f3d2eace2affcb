// Takes a command: the same id gets the same receipt, everything else is decided once.
import { hash } from "node:crypto"
import type { ClientCommand, HandCommand } from "@corral/contracts/command"
import { CommandId } from "@corral/contracts/ids"
import type { Intent } from "@corral/contracts/intent"
import type { Receipt } from "@corral/contracts/receipt"
import { decide } from "@corral/domain/decide"
import type { Decision } from "@corral/domain/decision"
import type { Circumstances } from "@corral/domain/state"
import { userRowId } from "@corral/domain/views/row-id"
import type { Draft } from "./commit.ts"

/** A person's order. `askedBy` is written beside the receipt. */
export interface Order {
  readonly commandId: CommandId
  readonly command: ClientCommand
  readonly askedBy: string
}

export type Seen = Omit<Circumstances, "now">

/** Inside the transaction. */
export const takeOrder = (draft: Draft, { commandId, command, askedBy }: Order, seen: Seen): Receipt => {
  const content = hash("sha256", JSON.stringify(command), "base64url")
  const before = draft.tables.receipts.find(commandId)
  if (before !== undefined) return before.hash === content ? before.receipt : reused(commandId)
  const receipt = refuseKnownTurn(draft, { commandId, command }) ?? decideOn(draft, { commandId, command, askedBy }, seen)
  draft.tables.receipts.give({ receipt, hash: content, at: draft.now, askedBy })
  return receipt
}

/** A fact of the server's own hands: nobody sends it twice, so no receipt is kept. */
export const takeFact = (draft: Draft, command: HandCommand, seen: Seen): Receipt => decideOn(draft, { commandId: factId, command }, seen)

const factId = CommandId.make("fact")

interface Taken {
  readonly commandId: CommandId
  readonly command: ClientCommand | HandCommand
  /** Absent: nobody; it is a fact. */
  readonly askedBy?: string
}

const decideOn = (draft: Draft, { commandId, command, askedBy }: Taken, seen: Seen): Receipt => {
  const decision: Decision = decide(draft.memory, command, { ...seen, now: draft.now })
  if (decision._tag === "rejected") return { _tag: "rejected", commandId, rejection: decision.rejection }
  draft.happen(decision.events, commandId)
  draft.owe(askedBy === undefined ? decision.intents : decision.intents.map((intent) => ordered(intent, askedBy)))
  return { _tag: "accepted", commandId, seq: draft.memory.seq }
}

/** What starts and stops agents says for whom: starts and certificates tell it. */
const ordered = (intent: Intent, askedBy: string): Intent => {
  switch (intent._tag) {
    case "turn.start":
    case "runtime.wake":
    case "runtime.tune":
    case "runtime.stop":
      return { ...intent, askedBy }
    default:
      return intent
  }
}

/** A turn that is over is known to the transcript only: under its id another one would take its row away. */
const refuseKnownTurn = ({ tables }: Draft, { commandId, command }: Taken): Receipt | null => {
  if (command._tag !== "turn.start") return null
  const { threadId, turnId } = command
  if (tables.rows.one(threadId, userRowId(turnId)) === undefined) return null
  const message = `The thread has turn ${turnId} already; nothing was sent. Send it under a new id.`
  return { _tag: "rejected", commandId, rejection: { reason: "duplicate-id", message } }
}

const reused = (commandId: CommandId): Receipt => ({
  _tag: "rejected",
  commandId,
  rejection: {
    reason: "command-id-reused",
    message: `Command id ${commandId} was used before for something else; nothing was done. Send it under a new id.`,
  },
})
