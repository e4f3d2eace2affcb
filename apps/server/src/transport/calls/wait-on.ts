// A person has seen that a turn is stalled, or its session over its memory limit, and waits on.
import type { Calls } from "@corral/contracts/rpc"
import * as Effect from "effect/Effect"
import { Sights } from "../../runtime/sights.ts"
import { oneThread } from "./thread.ts"

export const waitOn = Effect.fnUntraced(function* ({ threadId }: Calls["waitOn"]["takes"]) {
  yield* oneThread(threadId)
  yield* (yield* Sights).waitOn(threadId)
  return {}
})
