// Brings the line to this home's supervisor up and keeps it up; a missing supervisor is started.
// One of the two places outside apps/supervisor that start a process: our own program, never an agent.
import { spawn } from "node:child_process"
import { closeSync, openSync } from "node:fs"
import { join } from "node:path"
import type { TreeId } from "@corral/contracts/ids"
import { supervisorVersion, type TierWish } from "@corral/contracts/limits"
import { type Ask, type Asks, asks, type Refused, type SupervisorHello, type SupervisorLine, type Told } from "@corral/contracts/supervisor"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { type Asked, makeAsks } from "./asks.ts"
import { heldLine } from "./held-line.ts"
import { type Line, openLine } from "./line.ts"
import { Supervisor, type SupervisorLost, SupervisorRefused } from "./supervisor.ts"
import { makeTrees, type Trees } from "./trees.ts"

/** Between attempts to reach the supervisor: it is a local socket, so soon. */
const retryMillis = 25
/** The same where it does not take us: another server may be about to leave, a supervisor of another version to end with its last tree. */
const refusedMillis = 250
/** The number of the hello; asks count from 1. */
const helloId = 0
/** A supervisor that did not come up is not started again sooner than this: it may be sweeping. */
const respawnMillis = 2_000

export interface ConnectOptions {
  readonly home: string
  /** The program to start where no supervisor runs: node and its arguments. */
  readonly program: readonly [string, ...string[]]
  readonly holdMillis: number
  /** For a supervisor that is started by us; one that runs keeps its own. */
  readonly tier: TierWish
}

type Listener = (told: Told | { readonly _tag: "lost" } | { readonly _tag: "back" }) => void

/** Everything that outlives one connection. */
interface Wire {
  readonly options: ConnectOptions
  readonly asks: Asked
  readonly trees: Trees
  readonly listeners: Set<Listener>
  hello: SupervisorHello | null
  /** Null until the supervisor has taken us. */
  line: Line | null
  /** Closes the connection that there is, taken or not. */
  close: () => void
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
        attach: (treeId) => attach(wire, treeId),
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
    close: () => undefined,
    startedAt: Number.NEGATIVE_INFINITY,
    closing: false,
    trees: makeTrees({
      ack: (treeId, n) => wire.line?.send({ ack: { treeId, n } }),
      write: (treeId, lines, bookmark) => fire("write", { treeId, lines, bookmark }),
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

const attach = (wire: Wire, treeId: TreeId) =>
  Effect.suspend(() => {
    // Listening starts before the ask: lines may follow its answer in the same packet.
    const line = wire.trees.add(treeId)
    return askOf(wire, "attach", { treeId, after: null }).pipe(
      Effect.map((given) => heldLine(line, given)),
      Effect.tapError(() => Effect.sync(() => wire.trees.lost(treeId))),
    )
  })

const tellAll = (wire: Wire, told: Parameters<Listener>[0]) => {
  for (const listener of wire.listeners) listener(told)
}

/** The supervisor greets, we say hello, and only when it has taken that it is asked anything. */
const dial = (wire: Wire): void => {
  if (wire.closing) return
  let hello: SupervisorHello | null = null
  let stood = false
  let refusal: string | null = null
  const refused = (why: string) => {
    refusal = why
    line.close()
  }
  const line = openLine(join(wire.options.home, "supervisor.sock"), {
    frame: (frame) => {
      if ("hello" in frame) {
        hello = frame.hello
        if (hello.version !== supervisorVersion) return refused(otherVersion(`speaks version ${hello.version}, pid ${hello.pid}`))
        return line.send({ id: helloId, ask: "hello", with: introduction(wire) })
      }
      if (hello === null || !("id" in frame) || frame.id !== helloId) return take(wire, frame)
      if ("error" in frame) return refused(refusalOf(frame.error))
      stood = true
      stand(wire, line, hello)
    },
    closed: (problem) => {
      wire.line = null
      wire.hello = null
      wire.asks.down(refusal ?? problem)
      if (stood) tellAll(wire, { _tag: "lost" })
      else if (hello === null) startMissing(wire)
      setTimeout(() => dial(wire), refusal === null ? retryMillis : refusedMillis)
    },
  })
  wire.close = line.close
}

const introduction = ({ options }: Wire): Asks["hello"]["takes"] => ({
  version: supervisorVersion,
  pid: process.pid,
  holdMillis: options.holdMillis,
})

const otherVersion = (which: string) =>
  `the supervisor of this home is of another version (it ${which}; this server speaks version ${supervisorVersion}). Run \`corral stop\`, then start again.`

/** What a person reads when patience is over: why this server was not taken, and the next step. */
const refusalOf = ({ tag, message }: Refused): string => {
  if (tag === "busy") return "another server of this home is on the line. End that one with `corral stop`, then start again."
  return tag === "wrong-version" ? otherVersion(`says: ${message}`) : `it did not take this server: ${message}`
}

const take = (wire: Wire, frame: Exclude<SupervisorLine, { hello: SupervisorHello }>) => {
  if ("ok" in frame) return wire.asks.answer(frame.id, frame.ok)
  if ("error" in frame) return frame.id === null ? undefined : wire.asks.refuse(frame.id, frame.error.tag, frame.error.message)
  wire.trees.told(frame.tell)
  tellAll(wire, frame.tell)
}

/** A new supervisor has none of the old one's trees; the same one goes on where it was. */
const stand = (wire: Wire, line: Line, hello: SupervisorHello) => {
  wire.hello = hello
  wire.line = line
  for (const { treeId, after } of wire.trees.open()) {
    if (!hello.held.includes(treeId)) wire.trees.lost(treeId)
    else wire.asks.ask({ ask: "attach", payload: { treeId, after }, answered: () => undefined, failed: () => wire.trees.lost(treeId) })
  }
  wire.asks.up(line.send)
  tellAll(wire, { _tag: "back" })
}

/** Safe to do twice: of two supervisors on one home the second finds the lock taken and leaves. */
const startMissing = (wire: Wire) => {
  if (wire.closing || performance.now() - wire.startedAt < respawnMillis) return
  wire.startedAt = performance.now()
  const [command, ...args] = wire.options.program
  const log = openSync(join(wire.options.home, "logs", "supervisor.log"), "a", 0o600)
  const child = spawn(command, [...args, "serve", "--home", wire.options.home], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], LANG: process.env["LANG"], CORRAL_TIER: wire.options.tier },
  })
  child.on("error", (error) => wire.asks.down(`it could not be started: ${error.message}`))
  child.unref()
  closeSync(log)
}

const hangUp = (wire: Wire) => {
  wire.closing = true
  wire.close()
}
