// How the server is, for `corral status`.
import type { Status } from "@corral/contracts/rpc"
import * as Effect from "effect/Effect"
import { Engine } from "../../engine/engine.ts"
import { Admission } from "../../runtime/admission.ts"
import { Look } from "../../runtime/look.ts"
import { ownMemory } from "../../runtime/own-memory.ts"
import { Store } from "../../store/store.ts"
import { Server } from "../server.ts"
import { Links } from "./link.ts"

export const statusNow: Effect.Effect<Status, never, Admission | Engine | Look | Store | Server | Links> = Effect.gen(function* () {
  const engine = yield* Engine
  const server = yield* Server
  const { active, archived } = engine.tally()
  return {
    version: server.version,
    home: (yield* Store).home,
    address: (yield* Links).address,
    pid: process.pid,
    startedAt: server.startedAt,
    memoryBytes: ownMemory(),
    threads: active + archived,
    awake: [...engine.threads()].filter(({ runtime }) => runtime.state !== "asleep").length,
    ...server.rules,
    waiting: (yield* Admission).line().length,
    supervisor: yield* (yield* Look).supervisor,
    problems: server.problems(),
  }
})
