// A page of a transcript.
import type { Calls } from "@corral/contracts/rpc"
import * as Effect from "effect/Effect"
import { readPage } from "../../engine/transcript.ts"
import { Store } from "../../store/store.ts"
import { oneThread } from "./thread.ts"

export const pageOfRows = Effect.fnUntraced(function* ({ threadId, before, limit }: Calls["rows"]["takes"]) {
  yield* oneThread(threadId)
  const store = yield* Store
  return yield* store.read((tables) => readPage(tables, threadId, { before, limit }))
})
