// No, in the words of the wire.
import { Refusal } from "@corral/contracts/rpc"
import * as Schema from "effect/Schema"
import type { SchemaError } from "effect/Schema"
import type { CannotLook } from "../runtime/look.ts"
import type { CannotSurvey } from "../runtime/survey.ts"
import type { StoreFailed } from "../store/store-failed.ts"

/** A call or stream that is refused for a reason of its own. */
export class Refused extends Schema.TaggedError<Refused>()("Refused", { refusal: Refusal }) {
  override get message() {
    return this.refusal.message
  }
}

/** Everything that a call may fail with. */
export type Failure = Refused | StoreFailed | CannotLook | CannotSurvey

export const refuse = (tag: Refusal["tag"], message: string): Refused => new Refused({ refusal: { tag, message } })

/** What the floors below could not do is `Unavailable`; their message names the thing and the next step. */
export const refusalOf = (failure: Failure): Refusal => {
  if (failure._tag === "Refused") return failure.refusal
  const isUnknown = failure._tag === "CannotSurvey" && failure.isUnknown
  return { tag: isUnknown ? "NotFound" : "Unavailable", message: failure.message }
}

/** What the schema says, in one line. */
export const badPayload = (failure: SchemaError): Refused =>
  refuse("BadPayload", `The payload is not right: ${failure.message.replaceAll(/\s+/g, " ")}.`)
