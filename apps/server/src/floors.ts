// The wiring: which part stands on which, from the disk up to the hands.
import { join } from "node:path"
import * as Layer from "effect/Layer"
import { Deliver } from "./engine/deliver.ts"
import { Engine } from "./engine/engine.ts"
import { hands } from "./intents.ts"
import { providersLayer } from "./provider/registry.ts"
import { Admission } from "./runtime/admission.ts"
import { Ceiling } from "./runtime/ceiling.ts"
import { LiveSessions } from "./runtime/live.ts"
import { Look } from "./runtime/look.ts"
import { MemoryHistory } from "./runtime/memory-history.ts"
import { memoryShortage } from "./runtime/memory-gauge.ts"
import { Proofs } from "./runtime/proofs.ts"
import { Sights } from "./runtime/sights.ts"
import { Stalls } from "./runtime/stalls.ts"
import { Surveyor } from "./runtime/survey.ts"
import type { Settings } from "./settings.ts"
import { Store } from "./store/store.ts"
import { connectSupervisor } from "./supervisor/connect.ts"

/** Built side by side into one folder: the server finds the programs that it starts beside itself. */
const dist = import.meta.dirname
export const webRoot = join(dist, "web")

export const floors = (settings: Settings) => {
  const { home, idleMillis, holdMillis, tier } = settings
  const supervisor = connectSupervisor({ home, holdMillis, tier, program: [process.execPath, join(dist, "supervisor.mjs")] })
  const providers = providersLayer({ home, own: process.env, practiceProgram: join(dist, "practice.mjs") })
  const below = Layer.mergeAll(Engine.layer, providers, LiveSessions.layer).pipe(
    Layer.provideMerge(supervisor),
    Layer.provideMerge(Store.layer(home)),
  )
  return Layer.mergeAll(Deliver.layer(hands), Proofs.layer, MemoryHistory.layer, Surveyor.layer).pipe(
    Layer.provideMerge(Look.layer(idleMillis)),
    Layer.provideMerge(Sights.layer),
    Layer.provideMerge(sights(settings)),
    Layer.provideMerge(below),
  )
}

/** Who looks at what no event tells. */
const sights = ({ stallMillis, mostAwake, memoryFloorPercent, memoryLimitBytes }: Settings) =>
  Layer.mergeAll(
    Stalls.layer(stallMillis),
    Admission.layer({ mostAwake, shortage: () => memoryShortage(memoryFloorPercent) }),
    Ceiling.layer(memoryLimitBytes),
  )
