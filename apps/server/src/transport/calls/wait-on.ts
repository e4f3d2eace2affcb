// A person has seen that a turn is stalled, and waits on.
import type { Calls } from "@corral/contracts/rpc"
import * as Effect from "effect/Effect"
import { Stalls } from "../../runtime/stalls.ts"
import { oneThread } from "./thread.ts"

export const waitOn = Effect.fnUntraced(function* ({ threadId }: Calls["waitOn"]["takes"]) {
  yield* oneThread(threadId)
  yield* (yield* Stalls).waitOn(threadId)
  return {}
})
