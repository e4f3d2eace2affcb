// A person wants a thread awake that waits in line.
import type { Calls } from "@corral/contracts/rpc"
import * as Effect from "effect/Effect"
import { Admission } from "../../runtime/admission.ts"
import { oneThread } from "./thread.ts"

export const admit = Effect.fnUntraced(function* ({ threadId }: Calls["admit"]["takes"]) {
  yield* oneThread(threadId)
  yield* (yield* Admission).now(threadId)
  return {}
})
