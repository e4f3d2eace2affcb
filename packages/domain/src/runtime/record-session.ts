// The provider named the session by which it can be resumed.
import type { RecordSession, SessionNamed } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import type { World } from "../state.ts"
import { isHosted } from "./hosted.ts"

export const decideRecordSession = (world: World, { threadId, generation, cursor }: RecordSession): Decision =>
  onGeneration(world, { threadId, generation }, ({ runtime }) => {
    // The process of the former provider still speaks while it is stopped: its cursor is void.
    const isVoid = runtime.stopping === "switch" || !isHosted(runtime)
    return accept(isVoid || runtime.cursor === cursor ? [] : [{ _tag: "runtime.session-named", threadId, cursor }])
  })

export const evolveSessionNamed = (thread: Thread, event: SessionNamed): Thread => ({
  ...thread,
  runtime: { ...thread.runtime, cursor: event.cursor },
})
