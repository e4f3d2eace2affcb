// One certificate by its id.
import * as Effect from "effect/Effect"
import { Store } from "../../store/store.ts"
import { refuse } from "../refusal.ts"

export const certificateById = Effect.fnUntraced(function* (certificateId: string) {
  const store = yield* Store
  const certificate = yield* store.read((tables) => tables.certificates.one(certificateId))
  return certificate ?? (yield* refuse("NotFound", `There is no certificate ${certificateId}; the oldest ones are not kept.`))
})
