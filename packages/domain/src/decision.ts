// What a decision is: events and intents, or a rejection as a value.
import type { Event } from "@corral/contracts/event"
import type { Intent } from "@corral/contracts/intent"
import type { Rejection, RejectionReason } from "@corral/contracts/receipt"

/** What a part of a decision adds to it. */
export interface Consequence {
  readonly events: readonly Event[]
  readonly intents: readonly Intent[]
}

export type Decision = ({ readonly _tag: "accepted" } & Consequence) | { readonly _tag: "rejected"; readonly rejection: Rejection }

export const accept = (events: readonly Event[], intents: readonly Intent[] = []): Decision => ({ _tag: "accepted", events, intents })

export const reject = (reason: RejectionReason, message: string): Decision => ({ _tag: "rejected", rejection: { reason, message } })
