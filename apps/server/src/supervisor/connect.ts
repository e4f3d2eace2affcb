// Brings the line to this home's supervisor up and keeps it up; a missing supervisor is started.
// One of the two places outside apps/supervisor that start a process: our own program, never an agent.
import { spawn } from "node:child_process"
import { closeSync, openSync } from "node:fs"
import { join } from "node:path"
import type { TreeId } from "@corral/contracts/ids"
import { supervisorVersion } from "@corral/contracts/limits"
import { type Ask, type Asks, asks, type SupervisorHello, type SupervisorLine, type Told } from "@corral/contracts/supervisor"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { type Asked, makeAsks } from "./asks.ts"
import { type Line, openLine } from "./line.ts"
import { Supervisor, type SupervisorLost, SupervisorRefused, type TreeLine } from "./supervisor.ts"
import { makeTrees, type Trees } from "./trees.ts"

/** Between attempts to reach the supervisor: it is a local socket, so soon. */
const retryMillis = 25
/** A supervisor that did not come up is not started again sooner than this: it may be sweeping. */
const respawnMillis = 2_000

export interface ConnectOptions {
  readonly home: string
  /** The program to start where no supervisor runs: node and its arguments. */
  readonly program: readonly [string, ...string[]]
  readonly holdMillis: number
}

type Listener = (told: Told | { readonly _tag: "lost" } | { readonly _tag: "back" }) => void

/** Everything that outlives one connection. */
interface Wire {
  readonly options: ConnectOptions
  readonly asks: Asked
  readonly trees: Trees
  readonly listeners: Set<Listener>
  hello: SupervisorHello | null
  line: Line | null
  startedAt: number
  closing: boolean
}

export const connectSupervisor = (options: ConnectOptions) =>
  Layer.effect(
    Supervisor,
    Effect.gen(function* () {
      const wire = yield* Effect.acquireRelease(
        Effect.sync(() => makeWire(options)),
        (open) => Effect.sync(() => hangUp(open)),
      )
      dial(wire)
      return Supervisor.of({
        ask: (ask, payload) => askOf(wire, ask, payload),
        attach: (treeId, after) => attach(wire, treeId, after),
        hello: () => wire.hello,
        onTold: (listener) => {
          wire.listeners.add(listener)
          return () => void wire.listeners.delete(listener)
        },
      })
    }),
  )

const makeWire = (options: ConnectOptions): Wire => {
  const asks = makeAsks()
  const fire = (ask: "write" | "stop", payload: unknown) =>
    new Promise<void>((resolve, reject) => asks.ask({ ask, payload, answered: () => resolve(), failed: reject }))
  const wire: Wire = {
    options,
    asks,
    listeners: new Set(),
    hello: null,
    line: null,
    startedAt: 0,
    closing: false,
    trees: makeTrees({
      ack: (treeId, n) => wire.line?.send({ ack: { treeId, n } }),
      write: (treeId, lines) => fire("write", { treeId, lines }),
      // A protocol library that ends stdin or kills means the ladder; its certificate is told to everybody.
      requestStop: (treeId) =>
        void fire("stop", { target: { tree: treeId }, reason: "exited", askedBy: "agent library", from: null }).catch(() => undefined),
    }),
  }
  return wire
}

const isGiven = <A extends Ask>(ask: A, ok: unknown): ok is Asks[A]["gives"] => Schema.is(asks[ask].gives)(ok)

const askOf = <A extends Ask>(wire: Wire, ask: A, payload: Asks[A]["takes"]) =>
  Effect.callback<Asks[A]["gives"], SupervisorRefused | SupervisorLost>((resume) => {
    wire.asks.ask({
      ask,
      payload,
      answered: (ok) =>
        resume(
          isGiven(ask, ok)
            ? Effect.succeed(ok)
            : Effect.fail(new SupervisorRefused({ ask, tag: "bad-frame", problem: "its answer was not understood" })),
        ),
      failed: (error) => resume(Effect.fail(error)),
    })
  })

const attach = (wire: Wire, treeId: TreeId, after: number) =>
  Effect.suspend(() => {
    // Listening starts before the ask: lines may follow its answer in the same packet.
    const line = wire.trees.add(treeId, after)
    return askOf(wire, "attach", { treeId, after }).pipe(
      Effect.map(({ pid }): TreeLine => ({ ...line, pid })),
      Effect.tapError(() => Effect.sync(() => wire.trees.lost(treeId))),
    )
  })

const tellAll = (wire: Wire, told: Parameters<Listener>[0]) => {
  for (const listener of wire.listeners) listener(told)
}

const dial = (wire: Wire): void => {
  if (wire.closing) return
  let stood = false
  const line = openLine(join(wire.options.home, "supervisor.sock"), {
    frame: (frame) => {
      if ("hello" in frame) {
        stood = true
        return greet(wire, line, frame.hello)
      }
      take(wire, frame)
    },
    closed: (problem) => {
      wire.line = null
      wire.hello = null
      wire.asks.down(problem)
      if (stood) tellAll(wire, { _tag: "lost" })
      else startMissing(wire)
      setTimeout(() => dial(wire), retryMillis)
    },
  })
}

const take = (wire: Wire, frame: Exclude<SupervisorLine, { hello: SupervisorHello }>) => {
  if ("ok" in frame) return wire.asks.answer(frame.id, frame.ok)
  if ("error" in frame) return frame.id === null ? undefined : wire.asks.refuse(frame.id, frame.error.tag, frame.error.message)
  wire.trees.told(frame.tell)
  if (frame.tell._tag !== "line") tellAll(wire, frame.tell)
}

/** A new supervisor has none of the old one's trees; the same one goes on where it was. */
const greet = (wire: Wire, line: Line, hello: SupervisorHello) => {
  wire.hello = hello
  wire.line = line
  line.send({ id: 0, ask: "hello", with: { version: supervisorVersion, pid: process.pid, holdMillis: wire.options.holdMillis } })
  for (const { treeId, after } of wire.trees.open()) {
    if (!hello.held.includes(treeId)) wire.trees.lost(treeId)
    else wire.asks.ask({ ask: "attach", payload: { treeId, after }, answered: () => undefined, failed: () => wire.trees.lost(treeId) })
  }
  wire.asks.up(line.send)
  tellAll(wire, { _tag: "back" })
}

/** Safe to do twice: of two supervisors on one home the second finds the lock taken and leaves. */
const startMissing = (wire: Wire) => {
  if (wire.closing || Date.now() - wire.startedAt < respawnMillis) return
  wire.startedAt = Date.now()
  const [command, ...args] = wire.options.program
  const log = openSync(join(wire.options.home, "logs", "supervisor.log"), "a", 0o600)
  const child = spawn(command, [...args, "serve", "--home", wire.options.home], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], LANG: process.env["LANG"], CORRAL_TIER: process.env["CORRAL_TIER"] },
  })
  child.on("error", (error) => wire.asks.down(`it could not be started: ${error.message}`))
  child.unref()
  closeSync(log)
}

const hangUp = (wire: Wire) => {
  wire.closing = true
  wire.line?.close()
}
