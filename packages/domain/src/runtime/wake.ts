// A person wants the agent awake, or a held queue to go on.
import type { WakeRuntime } from "@corral/contracts/runtime"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onActiveThread } from "../on-thread.ts"
import type { World } from "../state.ts"
import { nextTurn } from "../turn/next.ts"
import { stopOf } from "./stop.ts"

export const decideWakeRuntime = (world: World, command: WakeRuntime): Decision =>
  onActiveThread(world, command.threadId, (thread) => {
    const { threadId, runtime } = thread
    const next = nextTurn(thread)
    // A turn wakes by itself. While stopping the wish is kept: intents are settled in order, so it comes after the stop.
    if (next.events.length > 0) return accept(next.events, next.intents)
    if (runtime.state === "waking" || runtime.state === "idle" || runtime.state === "busy") return accept([])
    // A stuck tree is tried again first: a second agent is not started beside survivors.
    const again = runtime.state === "stuck" ? stopOf(thread, "replace") : { events: [], intents: [] }
    return accept(again.events, [...again.intents, { _tag: "runtime.wake", threadId }])
  })
