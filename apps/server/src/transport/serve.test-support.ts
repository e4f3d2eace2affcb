// For tests: a server on a home of its own with played agents and a played look, and raw sockets to it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Certificate } from "@corral/contracts/certificate"
import type { ThreadId } from "@corral/contracts/ids"
import type { Stalled } from "@corral/contracts/runtime"
import type { Processes } from "@corral/contracts/tree"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { WebSocket } from "ws"
import { Engine } from "../engine/engine.ts"
import { provider, temporaryHome } from "../engine/engine.test-support.ts"
import { Providers } from "../provider/providers.ts"
import { Admission } from "../runtime/admission.ts"
import { CannotLook, Look } from "../runtime/look.ts"
import { MemoryHistory } from "../runtime/memory-history.ts"
import { Sights } from "../runtime/sights.ts"
import { CannotSurvey, Surveyor } from "../runtime/survey.ts"
import { Store } from "../store/store.ts"
import { Server } from "./server.ts"
import { serve, type Served } from "./serve.ts"

/** Nothing here waits for anything but this machine. */
const deadlineMillis = 9_000

/** What a test turns and looks at. */
export interface Scene {
  look: "sees" | "cannot"
  stalled: Stalled | null
  stall: (threadId: ThreadId) => void
  readonly admitted: ThreadId[]
  looks: number
  prove: (certificate: Certificate) => void
  changeProviders: () => void
}

const seen: Processes = {
  checkedAt: 1,
  complete: true,
  lookMillis: 1,
  machine: { totalBytes: 1, availableBytes: 1 },
  trees: [],
  strays: [],
}

const lookOf = (scene: Scene) => {
  const look = <A>(found: A) =>
    Effect.suspend(() => {
      scene.looks++
      return scene.look === "sees" ? Effect.succeed(found) : Effect.fail(new CannotLook({ problem: "the supervisor is away." }))
    })
  return Look.of({
    processes: () => look(seen),
    sample: Effect.asVoid(look(seen)),
    count: look({ processes: 0, trees: 0, strays: 0, checkedAt: 1 }),
    sweep: look({ checkedAt: 1, complete: true, ended: 0, strays: 0, certificates: [] }),
    supervisor: Effect.succeed(null),
    onSeen: () => () => undefined,
    onCertificate: (listener) => {
      scene.prove = listener
      return () => void (scene.prove = () => undefined)
    },
  })
}

const surveyor = Surveyor.of({
  survey: Effect.succeed({ checkedAt: 1, memory: "shared-once", found: [], processes: 0, memoryBytes: 0, threads: [] }),
  planEnd: (named) =>
    Effect.succeed({ planId: "plan_1", plan: { named: named.map(({ pid }) => pid), ends: [], memoryBytes: 0, refused: [] } }),
  end: (planId) => Effect.fail(new CannotSurvey({ problem: "No.", isUnknown: planId === "plan_unknown" })),
})

const sightsOf = (scene: Scene) =>
  Sights.of({
    of: () => (scene.stalled === null ? {} : { stalled: scene.stalled }),
    waitOn: (threadId) =>
      Effect.sync(() => {
        scene.stalled = null
        scene.stall(threadId)
      }),
    onChange: (listener) => {
      scene.stall = listener
      return () => void (scene.stall = () => undefined)
    },
  })

const admissionOf = (scene: Scene) =>
  Admission.of({
    through: () => Effect.die(new Error("nothing wakes here")),
    of: () => null,
    line: () => [],
    now: (threadId) => Effect.sync(() => void scene.admitted.push(threadId)),
    lacking: () => 0,
    onChange: () => () => undefined,
  })

const providersOf = (scene: Scene) =>
  Providers.of({
    known: () => [provider],
    probe: (refresh) => (refresh ? Effect.die(new Error("a probe that breaks")) : Effect.succeed([provider])),
    port: () => undefined,
    learn: () => undefined,
    onChange: (listener) => {
      scene.changeProviders = () => listener([provider])
      return () => undefined
    },
  })

const history = MemoryHistory.of({
  past: () => Effect.succeed({ since: 1, gapMillis: 1, starts: [], at: [], sessions: [], others: [], server: [], supervisor: [] }),
  problem: () => null,
})

const server = Server.of({
  version: "1.2.3",
  startedAt: 1,
  rules: { idleMillis: 2, holdMillis: 3, memoryFloorPercent: 4, stallMillis: 5, mostAwake: 6, memoryLimitBytes: 7 },
  problems: () => ["Nothing is wrong."],
  shutdown: () => Effect.succeed({ stopped: 0, left: 0 }),
})

export interface Running extends Served {
  readonly scene: Scene
  readonly home: string
  readonly token: string
  readonly engine: Engine["Service"]
  readonly store: Store["Service"]
  /** In the context of the server. */
  readonly run: <A, E>(work: Effect.Effect<A, E, Engine | Store>) => Effect.Effect<A, E>
}

/** Runs until the scope closes. The app is two files. */
export const running: Effect.Effect<Running, never, Scope.Scope> = Effect.gen(function* () {
  const scene: Scene = {
    look: "sees",
    looks: 0,
    stalled: null,
    stall: () => undefined,
    admitted: [],
    prove: () => undefined,
    changeProviders: () => undefined,
  }
  const home = yield* temporaryHome
  const root = join(home, "app")
  mkdirSync(join(root, "assets"), { recursive: true })
  writeFileSync(join(root, "index.html"), "<p>the app</p>")
  writeFileSync(join(root, "assets", "main-abc123.js"), "export {}")
  const below = Layer.mergeAll(
    Layer.provideMerge(Engine.layer, Store.layer(home)),
    Layer.succeed(Look, lookOf(scene)),
    Layer.succeed(Sights, sightsOf(scene)),
    Layer.succeed(Admission, admissionOf(scene)),
    Layer.succeed(MemoryHistory, history),
    Layer.succeed(Surveyor, surveyor),
    Layer.succeed(Providers, providersOf(scene)),
    Layer.succeed(Server, server),
  )
  const context = yield* Layer.build(below)
  const engine = Context.get(context, Engine)
  engine.setProviders([provider])
  const served = yield* Effect.provideContext(serve({ port: 0, host: "127.0.0.1", root }), context)
  const token = readFileSync(join(home, "token"), "utf8").trim()
  const run: Running["run"] = (work) => Effect.provideContext(work, context)
  return { ...served, scene, home, token, engine, store: Context.get(context, Store), run }
}).pipe(Effect.orDie)

export type Frame = Readonly<Record<string, unknown>>

/** A socket and what comes over it. */
export class Wire {
  readonly socket: WebSocket
  readonly frames: Frame[] = []
  #waiting: (() => void) | undefined

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on("message", (content) => {
      const frame: unknown = JSON.parse(Buffer.isBuffer(content) ? content.toString() : "")
      if (typeof frame === "object" && frame !== null) this.frames.push({ ...frame })
      this.#waiting?.()
    })
    socket.on("error", () => undefined)
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame))
  }

  /** The first frame that fits, taken out. */
  async next(fits: (frame: Frame) => boolean = () => true): Promise<Frame> {
    const late = Date.now() + deadlineMillis
    for (;;) {
      const at = this.frames.findIndex(fits)
      const [found] = at === -1 ? [] : this.frames.splice(at, 1)
      if (found !== undefined) return found
      const rest = late - Date.now()
      if (rest <= 0) throw new Error(`no such frame came: ${JSON.stringify(this.frames).slice(0, 500)}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, rest)
        this.#waiting = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  async ask(frame: Frame): Promise<Frame> {
    this.send(frame)
    return this.next(({ id }) => id === frame["id"])
  }

  readonly closed = new Promise<{ readonly code: number; readonly reason: string }>((resolve) => {
    queueMicrotask(() => this.socket.on("close", (code, reason) => resolve({ code, reason: String(reason) })))
  })
}

/** Signed in, and past the hello. */
export const connected = ({ address, token }: Running, query = ""): Effect.Effect<Wire, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const socket = new WebSocket(`${address.replace("http", "ws")}/rpc${query}`, { headers: { authorization: `Bearer ${token}` } })
      const wire = new Wire(socket)
      await wire.next()
      return wire
    }),
    ({ socket }) => Effect.sync(() => socket.terminate()),
  )
