// A stage for floor 3: the real engine on a folder of its own, a supervisor and an agent played by hand.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { StopReason, TreeCertificate } from "@corral/contracts/certificate"
import type { ClientCommand } from "@corral/contracts/command"
import { CommandId, ProjectId, ProviderId, type SessionId, ThreadId, type TreeId, TurnId } from "@corral/contracts/ids"
import type { Provider } from "@corral/contracts/provider"
import type { Ask, Asks, Told } from "@corral/contracts/supervisor"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Deliver } from "./engine/deliver.ts"
import { Engine } from "./engine/engine.ts"
import { hands } from "./intents.ts"
import type { AgentEvent, ProviderPort, Session, SessionSpec } from "./provider/provider.ts"
import { AgentFailed } from "./provider/provider.ts"
import { Providers } from "./provider/providers.ts"
import { Store } from "./store/store.ts"
import { Supervisor, SupervisorRefused } from "./supervisor/supervisor.ts"
import { Admission } from "./runtime/admission.ts"
import type { Obstacle } from "./runtime/admission-line.ts"
import { LiveSessions } from "./runtime/live.ts"
import { Proofs } from "./runtime/proofs.ts"

const played = ProviderId.make("played")

const provider: Provider = {
  provider: played,
  name: "Played",
  version: "1",
  binary: "/bin/true",
  problem: null,
  models: [{ model: "calm", name: "Calm", description: "", efforts: ["low", "high"] }],
  modelsKnown: true,
  modes: ["ask", "edit", "full", "plan"],
  live: ["model", "mode"],
}

/** What a test turns and looks at. */
export interface Stage {
  /** Every ask and every verb of the agent, in order: `launch tre_…`, `agent.start hello`. */
  readonly acts: string[]
  readonly trees: Set<TreeId>
  /** How the next launch or handshake goes. */
  opens: "well" | "refused" | "dumb" | "fails"
  goodbye: "polite" | "deaf" | "failing"
  tunes: "tuned" | "replace"
  shortage: Obstacle | null
  tell: (event: AgentEvent) => void
  told: (told: Told) => void
}

export const makeStage = (): Stage => ({
  acts: [],
  trees: new Set(),
  opens: "well",
  goodbye: "polite",
  tunes: "tuned",
  shortage: null,
  tell: () => undefined,
  told: () => undefined,
})

let certificates = 0

export const certificateOf = (treeId: TreeId, session: SessionId, reason: StopReason): TreeCertificate => ({
  certificateId: `crt_${++certificates}`,
  treeId,
  sessions: [session],
  provider: played,
  reason,
  askedBy: "test",
  startedAt: 1,
  endedAt: 2,
  rungs: [{ name: "eof", millis: 1, left: 0 }],
  killed: [],
  freedBytes: 1,
  left: 0,
  survivors: [],
  untagged: 0,
  exit: { code: 0, signal: null },
  tier: "played",
  checkedAt: 2,
  outcome: "gone",
})

const supervisor = (stage: Stage) => {
  const sessions = new Map<TreeId, SessionId>()
  const answers: { readonly [A in Ask]?: (payload: Asks[A]["takes"]) => Asks[A]["gives"] | SupervisorRefused } = {
    launch: ({ treeId, session }) => {
      if (stage.opens === "refused") return new SupervisorRefused({ ask: "launch", tag: "bad-folder", problem: "The folder is gone." })
      stage.trees.add(treeId)
      sessions.set(treeId, session)
      return { pid: 7, startedAt: 1, tier: "played" }
    },
    stop: ({ target, reason, askedBy }) => {
      const treeId = "tree" in target ? target.tree : null
      const session = treeId === null ? undefined : sessions.get(treeId)
      if (treeId === null || session === undefined || !stage.trees.delete(treeId)) return null
      return { ...certificateOf(treeId, session, reason), askedBy }
    },
    certificates: () => [],
    leave: () => ({ stopped: stage.trees.size, left: 0 }),
  }
  const ask = <A extends Ask>(name: A, payload: Asks[A]["takes"]) =>
    Effect.suspend(() => {
      stage.acts.push(name)
      const given = answers[name]?.(payload)
      if (given instanceof SupervisorRefused) return Effect.fail(given)
      return given === undefined ? Effect.die(`the stage does not play ${name}`) : Effect.succeed(given)
    })
  const line = {
    pid: 7,
    write: () => Promise.resolve(),
    onLine: () => undefined,
    onExit: () => undefined,
    requestStop: () => undefined,
    state: null,
    said: 0,
  }
  return Layer.succeed(
    Supervisor,
    Supervisor.of({
      ask,
      attach: () => Effect.succeed(line),
      hello: () => null,
      onTold: (listener) => {
        stage.told = listener
        return () => undefined
      },
    }),
  )
}

const failure = (problem: string) => new AgentFailed({ provider: played, doing: "play", problem, next: null })

const port = (stage: Stage): ProviderPort => ({
  provider: played,
  probe: () => Effect.succeed(provider),
  open: (spec) =>
    Effect.gen(function* () {
      yield* spec.launch({ command: "play", args: [], cwd: spec.cwd, env: {}, farewell: [], eofMillis: 1 })
      if (stage.opens === "fails") return yield* failure("It left at once: not logged in.")
      if (stage.opens === "dumb") return yield* Effect.never
      stage.tell = spec.tell
      return session(stage, spec)
    }),
  attach: () => Effect.die("nothing is taken over on the stage"),
})

const session = (stage: Stage, spec: SessionSpec): Session => {
  const act = (name: string) => Effect.sync(() => void stage.acts.push(`agent.${name}`))
  return {
    start: (_, text) => act(`start ${text}`),
    interrupt: act("interrupt"),
    answer: (_, { decision }) => act(`answer ${decision}`),
    tune: ({ model }) => Effect.as(act(`tune ${model}`), stage.tunes),
    waitOn: act("wait on"),
    goodbye: Effect.suspend(() => {
      stage.acts.push(`agent.goodbye ${spec.generation}`)
      if (stage.goodbye === "deaf") return Effect.never
      return stage.goodbye === "failing" ? Effect.fail(failure("no")) : Effect.void
    }),
  }
}

const providers = (stage: Stage) =>
  Layer.succeed(
    Providers,
    Providers.of({
      known: () => [provider],
      probe: () => Effect.succeed([provider]),
      port: (id) => (id === played ? port(stage) : undefined),
      learn: () => undefined,
      onChange: () => () => undefined,
    }),
  )

/** The folder goes with the layer's scope. */
const home = Layer.unwrap(
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "corral-stage-"))),
      (folder) => Effect.sync(() => rmSync(folder, { recursive: true })),
    ),
    Store.layer,
  ),
)

export const stageLayer = (stage: Stage) =>
  Layer.mergeAll(Deliver.layer(hands), Proofs.layer).pipe(
    Layer.provideMerge(Admission.layer({ mostAwake: 0, shortage: () => stage.shortage })),
    Layer.provideMerge(Layer.mergeAll(Engine.layer, LiveSessions.layer, supervisor(stage), providers(stage))),
    Layer.provideMerge(home),
  )

let orders = 0
export const order = (command: ClientCommand) =>
  Effect.flatMap(Engine, (engine) => engine.dispatch({ commandId: CommandId.make(`cmd_${++orders}`), command, askedBy: "test" }))

export const threadId = ThreadId.make("thr_1")
export const turnId = (n: number) => TurnId.make(`trn_${n}`)

/** A project in the temporary folder, one thread, and the outbox at work. */
export const openThread = Effect.gen(function* () {
  const engine = yield* Engine
  engine.setProviders([provider])
  yield* (yield* Deliver).start
  const projectId = ProjectId.make("prj_1")
  yield* order({ _tag: "project.add", projectId, path: tmpdir(), name: null })
  yield* order({
    _tag: "thread.create",
    threadId,
    projectId,
    title: "One",
    config: { provider: played, model: null, effort: null, mode: "ask" },
  })
})

export const send = (n: number, text: string) => order({ _tag: "turn.start", threadId, turnId: turnId(n), text, whenBusy: "queue" })

/** What the thread looks like once nothing is owed to it. */
export const settled = Effect.gen(function* () {
  yield* (yield* Deliver).drained(threadId)
  const thread = (yield* Engine).thread(threadId)
  return thread === undefined ? yield* Effect.die("the thread is gone") : thread
})
