// What the roof tells of itself, and how it is asked to end.
import type { Millis } from "@corral/contracts/ids"
import type { Calls, Status } from "@corral/contracts/rpc"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

type Rules = Pick<Status, "idleMillis" | "holdMillis" | "memoryFloorPercent" | "stallMillis" | "mostAwake" | "memoryLimitBytes">

export class Server extends Context.Service<
  Server,
  {
    readonly version: string
    readonly startedAt: Millis
    /** What it holds to, as it was started. */
    readonly rules: Rules
    /** What is wrong now and its next step, one sentence each. */
    readonly problems: () => readonly string[]
    /** Ends every session (or leaves them to be held) and says how it went; the process ends itself shortly after the answer. Asked again: the answer of the first. */
    readonly shutdown: (request: Calls["shutdown"]["takes"], askedBy: string) => Effect.Effect<Calls["shutdown"]["gives"]>
  }
>()("corral/Server") {}
