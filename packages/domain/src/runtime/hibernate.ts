// The idle time is over, or memory is short: the processes go, the session stays. Decided again at the last moment, on what is true then.
import type { HibernateRuntime } from "@corral/contracts/runtime"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import type { Circumstances, World } from "../state.ts"
import { reasonAlive } from "./reason.ts"
import { stopOf } from "./stop.ts"

export const decideHibernateRuntime = (world: World, command: HibernateRuntime, { now }: Circumstances): Decision =>
  onGeneration(world, command, (thread) => {
    const alive = reasonAlive(thread, now, command.idleMillis)
    if (alive === null) return reject("not-due", `Thread “${thread.title}” is asleep already.`)
    const isEarly = command.reason === "idle" && (alive.endsAt === null || now < alive.endsAt)
    if (alive.reason !== "cooling" || isEarly)
      return reject("not-due", `Thread “${thread.title}” is not put to sleep: ${alive.reason}. It ends ${alive.endsWhen}.`)
    const stop = stopOf(thread, command.reason)
    return accept(stop.events, stop.intents)
  })
