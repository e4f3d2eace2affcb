// A person wants the processes to stay although nothing else needs them, or lets go of that.
import type { KeepRuntime, RuntimeKept } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { onActiveThread } from "../on-thread.ts"
import type { Circumstances, World } from "../state.ts"
import { isHosted } from "./hosted.ts"

export const decideKeepRuntime = (world: World, { threadId, until }: KeepRuntime, { now }: Circumstances): Decision =>
  onActiveThread(world, threadId, ({ title, runtime }) => {
    if (!isHosted(runtime) || runtime.state === "stopping" || runtime.state === "stuck")
      return reject("nothing-running", `Nothing of thread “${title}” can be kept: it is ${runtime.state}.`)
    // 0: for ever.
    if (until !== null && until !== 0 && until <= now)
      return reject("bad-time", `Thread “${title}” cannot be kept until a time that is over; it is kept no longer than before.`)
    return accept(until === runtime.keptUntil ? [] : [{ _tag: "runtime.kept", threadId, until }])
  })

export const evolveRuntimeKept = (thread: Thread, event: RuntimeKept): Thread => ({
  ...thread,
  runtime: { ...thread.runtime, keptUntil: event.until },
})
