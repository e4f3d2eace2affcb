// A session holds more memory than one may: it is stopped, whatever it does; who could be asked was asked before.
import type { LimitRuntime } from "@corral/contracts/runtime"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import type { World } from "../state.ts"
import { isHosted } from "./hosted.ts"
import { stopOf } from "./stop.ts"

export const decideLimitRuntime = (world: World, command: LimitRuntime): Decision =>
  onGeneration(world, command, (thread) => {
    if (!isHosted(thread.runtime) || thread.runtime.state === "stopping") return accept([])
    const stop = stopOf(thread, "memory-limit")
    return accept(stop.events, stop.intents)
  })
