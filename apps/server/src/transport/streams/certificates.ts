// Certificates as they are written. Who has fallen behind gets those of the meantime again: each has an id, so twice is once.
import type { Certificate } from "@corral/contracts/certificate"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { Look } from "../../runtime/look.ts"
import { Store } from "../../store/store.ts"
import type { Feed, Outlet } from "./feed.ts"

/** As many as a call gives. */
const maxMissed = 1000

export const certificatesStream = Effect.fnUntraced(function* (_: object, outlet: Outlet<Certificate>) {
  const look = yield* Look
  const store = yield* Store
  const since = yield* Clock.currentTimeMillis
  const missed = store.read(({ certificates }) =>
    certificates.list({ threadId: null, since, before: null, reason: null, limit: maxMissed }),
  )
  const fresh = Effect.map(missed, (list) => list.toReversed().forEach(outlet.send))
  return { fresh, close: look.onCertificate(outlet.send) } satisfies Feed
})
