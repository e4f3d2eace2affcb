// Opens the one address of this server: the app, `/health`, the sign-in link and the public API.
import { randomUUID } from "node:crypto"
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from "node:http"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type { Engine } from "../engine/engine.ts"
import type { Providers } from "../provider/providers.ts"
import type { Admission } from "../runtime/admission.ts"
import type { Look } from "../runtime/look.ts"
import type { MemoryHistory } from "../runtime/memory-history.ts"
import type { Sights } from "../runtime/sights.ts"
import type { Surveyor } from "../runtime/survey.ts"
import { sign } from "../store/sign.ts"
import { Store } from "../store/store.ts"
import { Auth } from "./auth.ts"
import { Links } from "./calls/link.ts"
import type { Ground } from "./connection.ts"
import { answerHttp, type Site } from "./http.ts"
import type { Services } from "./methods.ts"
import { Rpc } from "./rpc.ts"
import { Server } from "./server.ts"
import { Vitals, watchVitals } from "./streams/vitals.ts"

/** Far more than one person's tabs and terminals. */
const maxSockets = 1024

/** The address cannot be opened; nothing was started. */
export class CannotListen extends Schema.TaggedError<CannotListen>()("CannotListen", {
  host: Schema.String,
  port: Schema.Int,
  problem: Schema.String,
}) {
  override get message() {
    return `Corral cannot listen on ${this.host}:${this.port}: ${this.problem}`
  }
}

export interface Place {
  /** 0: any free one. */
  readonly port: number
  readonly host: string
  /** The folder with the built app. */
  readonly root: string
}

export interface Served {
  readonly address: string
  /** A fresh address that signs one browser in. */
  readonly link: () => string
}

type Needs = Engine | Store | Providers | Admission | Look | MemoryHistory | Sights | Surveyor | Server

/** Until the scope closes. The roof calls it when everything below is ready. */
export const serve = Effect.fn("transport.serve")(function* (place: Place): Effect.fn.Return<Served, CannotListen, Needs | Scope.Scope> {
  const clock = yield* Clock.Clock
  const { home } = yield* Store
  const { version, startedAt } = yield* Server
  const context = Context.add(yield* Effect.context<Needs>(), Vitals, yield* watchVitals)
  const ready = Promise.withResolvers<Answering>()
  const port = yield* listen(place, ready.promise)
  const auth = new Auth(home, port, () => clock.currentTimeMillisUnsafe())
  const address = addressOf(place.host, port)
  const links = { address, fresh: () => address + auth.link() }
  const ground = groundOf(Context.add(context, Links, links))
  const rpc = yield* Effect.acquireRelease(
    Effect.sync(() => new Rpc({ auth, ground, hello: { server: version, epoch: randomUUID(), startedAt } })),
    (open) => Effect.promise(() => open.close()),
  )
  ready.resolve({ site: { auth, root: place.root, version }, rpc, ground })
  yield* Effect.acquireRelease(
    Effect.sync(() => sign.write(home, { pid: process.pid, address, version, startedAt })),
    () => Effect.sync(() => sign.remove(home)),
  )
  return { address, link: links.fresh }
})

const loopback = ["127.0.0.1", "localhost", "::1"]

const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program has this port. Choose another with `corral start --port`.",
  EACCES: "this user may not open this port. Choose one above 1023 with `corral start --port`.",
}

interface Answering {
  readonly site: Site
  readonly rpc: Rpc
  readonly ground: Ground
}

/** Answers the port. Who comes before everything is ready waits for it. */
const listen = (place: Place, ready: Promise<Answering>): Effect.Effect<number, CannotListen, Scope.Scope> => {
  const cannot = (problem: string) => new CannotListen({ host: place.host, port: place.port, problem })
  if (!loopback.includes(place.host)) return Effect.fail(cannot(`it listens on this machine only: ${loopback.join(", ")}.`))
  const http = createServer({ noDelay: true })
  http.maxConnections = maxSockets
  http.on("request", (request, response) => void ready.then((answering) => answerRequest(answering, request, response)))
  http.on("upgrade", (request, stream, head) => void ready.then(({ rpc }) => rpc.upgrade(request, stream, head)))
  const opened = Effect.callback<number, CannotListen>((resume) => {
    http.once("error", (cause: NodeJS.ErrnoException) => resume(Effect.fail(cannot(problems[cause.code ?? ""] ?? `${cause.message}.`))))
    http.listen(place.port, place.host, () => resume(Effect.succeed(portOf(http))))
  })
  return Effect.acquireRelease(opened, () => Effect.promise(() => closed(http)))
}

const answerRequest = async ({ site, ground }: Answering, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  try {
    await answerHttp(site, request, response)
  } catch (defect) {
    ground.report(`${request.method} ${request.url}`, Cause.die(defect))
    if (!response.headersSent) response.writeHead(500)
    response.end()
  }
}

const groundOf = (context: Context.Context<Services | Vitals>): Ground => ({
  fork: Effect.runForkWith(context),
  now: Effect.runSyncExitWith(context),
  report: (doing, cause) => void Effect.runForkWith(context)(Effect.logError(`a mistake of ours in ${doing}`, cause)),
})

const portOf = (http: HttpServer): number => {
  const bound = http.address()
  if (bound === null || typeof bound === "string") throw new TypeError("an HTTP server has a port")
  return bound.port
}

const addressOf = (host: string, port: number): string => `http://${host.includes(":") ? `[${host}]` : host}:${port}`

const closed = (http: HttpServer): Promise<void> =>
  new Promise((resolve) => {
    http.close(() => resolve())
    http.closeAllConnections()
  })
