// One row whole, where a page carried it cut.
import type { Calls } from "@corral/contracts/rpc"
import * as Effect from "effect/Effect"
import { readRow } from "../../engine/transcript.ts"
import { Store } from "../../store/store.ts"
import { refuse } from "../refusal.ts"
import { oneThread } from "./thread.ts"

export const oneRow = Effect.fnUntraced(function* ({ threadId, itemId }: Calls["row"]["takes"]) {
  yield* oneThread(threadId)
  const store = yield* Store
  const row = yield* store.read((tables) => readRow(tables, threadId, itemId))
  return row ?? (yield* refuse("NotFound", `Thread ${threadId} has no row ${itemId}.`))
})
