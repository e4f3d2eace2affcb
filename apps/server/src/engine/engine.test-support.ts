// For tests: an engine on a home of its own, orders by short names, and the same home opened again.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ClientCommand } from "@corral/contracts/command"
import { CommandId, ItemId, ProjectId, ProviderId, ThreadId, TreeId, TurnId } from "@corral/contracts/ids"
import type { Config, Provider } from "@corral/contracts/provider"
import type { Piece } from "@corral/contracts/turn"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Store } from "../store/store.ts"
import { Engine } from "./engine.ts"

export const projectId = ProjectId.make("prj_1")
export const thread = (n: number) => ThreadId.make(`thr_${n}`)
export const turn = (n: number) => TurnId.make(`trn_${n}`)
export const item = (n: number) => ItemId.make(`itm_${n}`)

export const config: Config = { provider: ProviderId.make("played"), model: null, effort: null, mode: "ask" }
export const provider: Provider = {
  provider: config.provider,
  name: "Played",
  version: "1",
  binary: "/bin/true",
  problem: null,
  models: [],
  modelsKnown: false,
  modes: ["ask", "edit", "full", "plan"],
  live: ["model", "mode"],
}

/** A folder that goes with the scope. */
export const temporaryHome = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "corral-home-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true })),
)

/** Opens, works and closes: what follows finds what a restart would find. */
export const onHome = <A, E>(home: string, work: Effect.Effect<A, E, Engine | Store>) =>
  Effect.flatMap(Engine, (engine) => {
    engine.setProviders([provider])
    return work
  }).pipe(Effect.provide(Layer.provideMerge(Engine.layer, Store.layer(home)), { local: true }))

/** On a fresh home with one project and `threads` threads. */
export const onFreshHome = <A, E>(threads: number, work: Effect.Effect<A, E, Engine | Store>) =>
  Effect.flatMap(temporaryHome, (home) => onHome(home, Effect.andThen(furnish(threads), work)))

export const furnish = (threads: number) =>
  Effect.gen(function* () {
    yield* order({ _tag: "project.add", projectId, path: tmpdir(), name: null })
    for (let n = 1; n <= threads; n++) yield* order(creation(n))
  })

export const creation = (n: number): ClientCommand => ({
  _tag: "thread.create",
  threadId: thread(n),
  projectId,
  title: `Thread ${n}`,
  config,
})
export const rename = (n: number, title: string): ClientCommand => ({ _tag: "thread.rename", threadId: thread(n), title })
export const start = (n: number, turnNumber: number, text = "hello"): ClientCommand => ({
  _tag: "turn.start",
  threadId: thread(n),
  turnId: turn(turnNumber),
  text,
  whenBusy: "queue",
})

let orders = 0
export const order = (command: ClientCommand, commandId = CommandId.make(`cmd_${++orders}`)) =>
  Effect.flatMap(Engine, (engine) => engine.dispatch({ commandId, command, askedBy: "test" }))

/** The thread's agent is awake and has taken its turn. */
export const wake = (n: number) =>
  Effect.gen(function* () {
    const engine = yield* Engine
    const at = { threadId: thread(n), generation: (engine.thread(thread(n))?.runtime.generation ?? 0) + 1, treeId: TreeId.make(`tre_${n}`) }
    yield* engine.record({ _tag: "runtime.record-waking", ...at })
    yield* engine.record({ _tag: "runtime.record-started", ...at, tier: "played", pid: 7 })
    return at
  })

export const record = (n: number, pieces: readonly Piece[]) =>
  Effect.flatMap(Engine, (engine) =>
    engine.record({
      _tag: "turn.record",
      threadId: thread(n),
      generation: engine.thread(thread(n))?.runtime.generation ?? 0,
      pieces,
    }),
  )

export const text = (n: number, said: string, { offset = 0, done = true, turnNumber = 1 } = {}): Piece => ({
  _tag: "text",
  itemId: item(n),
  turnId: turn(turnNumber),
  offset,
  text: said,
  done,
})
