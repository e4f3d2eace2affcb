// A supervisor of its own for each test, and the server's end of its line: every answer is read by the contract's schema.
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { connect, type Socket } from "node:net"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { SessionId, TreeId } from "@corral/contracts/ids"
import { supervisorVersion } from "@corral/contracts/limits"
import { asks, Refused, SupervisorHello, Told, type Ask, type Asks } from "@corral/contracts/supervisor"
import * as Schema from "effect/Schema"
import { until } from "../agents/deadline.ts"
import { makeScratch } from "../agents/scratch.ts"
import { startOracle, type Oracle } from "../agents/oracle.ts"

const program = join(import.meta.dirname, "../../apps/supervisor/src/main.ts")
const readyMillis = 15_000
const Frame = Schema.Struct({
  hello: Schema.optionalKey(SupervisorHello),
  id: Schema.optionalKey(Schema.NullOr(Schema.Int)),
  ok: Schema.optionalKey(Schema.Unknown),
  error: Schema.optionalKey(Refused),
  tell: Schema.optionalKey(Told),
})

export interface Line {
  readonly hello: SupervisorHello
  readonly told: readonly Told[]
  /** Refusals that belong to no ask. */
  readonly complaints: readonly Refused[]
  readonly ask: <A extends Ask>(ask: A, payload: Asks[A]["takes"]) => Promise<Asks[A]["gives"]>
  /** Fails unless it is refused. */
  readonly refusal: (ask: string, payload: unknown) => Promise<Refused>
  readonly launch: (name: string, shell: string, over?: Partial<Asks["launch"]["takes"]>) => Promise<Asks["launch"]["gives"]>
  readonly stop: (name: string, over?: Partial<Asks["stop"]["takes"]>) => Promise<NonNullable<Asks["stop"]["gives"]>>
  readonly ack: (name: string, n: number) => void
  readonly tellsOf: <T extends Told["_tag"]>(tag: T) => readonly Extract<Told, { readonly _tag: T }>[]
  readonly linesOf: (name: string) => readonly string[]
  readonly raw: (bytes: string | Buffer) => void
  /** As a crash of the server would. */
  readonly drop: () => void
}

export const treeOf = (name: string): TreeId => Schema.decodeUnknownSync(TreeId)(`tre_${name}`)
export const sessionOf = (name: string): SessionId => Schema.decodeUnknownSync(SessionId)(`thr_${name}.1`)

export interface Bed {
  readonly home: string
  readonly oracle: Oracle
  readonly env: Readonly<Record<string, string>>
  /** Starts a supervisor on the home, beside whatever runs there already. */
  readonly start: (more?: { readonly env?: Readonly<Record<string, string>>; readonly home?: string }) => ChildProcess
  /** A process that bears this token and is nobody's child any more. */
  readonly stray: (token: string, shell: string) => ChildProcess
  readonly dial: (holdMillis?: number, home?: string) => Promise<Line>
  /** Fails when anything of the test is left. */
  readonly end: () => Promise<void>
}

export const makeBed = (): Bed => {
  const { folder, drop } = makeScratch()
  const oracle = startOracle(folder)
  const home = join(folder, "home")
  const env = { PATH: process.env["PATH"] ?? "", CORRAL_TEST_PIPE: oracle.pipe }
  const children: ChildProcess[] = []
  const lines: Line[] = []
  return {
    home,
    oracle,
    env,
    start: (more = {}) => {
      const child = spawn(process.execPath, [program, "serve", "--home", more.home ?? home], {
        env: { ...env, ...more.env },
        stdio: ["ignore", "ignore", "pipe"],
      })
      children.push(child)
      return child
    },
    stray: (token, shell) => spawn("prlimit", [...bearing(token), "sh", "-c", shell], { env, stdio: "ignore", detached: true }),
    dial: async (holdMillis = 30_000, at = home) => {
      const line = await dial(join(at, "supervisor.sock"), env)
      await line.ask("hello", { version: supervisorVersion, pid: process.pid, holdMillis })
      lines.push(line)
      return line
    },
    end: async () => {
      for (const line of lines) line.drop()
      await Promise.all(children.filter((child) => child.exitCode === null && child.signalCode === null).map(endSupervisor))
      await oracle.pipeEmpty(15_000)
      await oracle.nothingLeft(5000)
      oracle.close()
      drop()
    },
  }
}

const endSupervisor = async (child: ChildProcess): Promise<void> => {
  const exited = once(child, "exit")
  child.kill("SIGTERM")
  await exited
}

/** Where these tests run inside a session of Corral, or of two, their supervisors use another limit. */
const limitOf = (pid: number | "self", name: string): string | undefined =>
  new RegExp(`^${name} +\\d+ +(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/limits`, "latin1"))?.[1]
const places = [
  ["Max file locks", "locks"],
  ["Max resident set", "rss"],
  ["Max realtime timeout", "rttime"],
] as const
/** In how many sessions of Corral these tests run, one in another. */
export const depth = places.filter(([name]) => limitOf("self", name) !== undefined).length
const [tokenLimit, tokenOption] = places[depth] ?? places[2]

/** The token of a process; undefined: it has none, or none yet. */
export const tokenOf = (pid: number): string | undefined => limitOf(pid, tokenLimit)
/** What sets it for the command that follows. */
export const bearing = (token: string): readonly string[] => [`--${tokenOption}=${token}:${token}`]

/** What it said on stderr before it left, and with which code. */
export const lastWordsOf = async (child: ChildProcess): Promise<{ readonly code: number | null; readonly said: string }> => {
  let said = ""
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()))
  await once(child, "close")
  return { code: child.exitCode, said }
}

export const exitOf = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
  return child.exitCode
}

export const dial = async (path: string, env: Readonly<Record<string, string>>): Promise<Line> => {
  const { seen: socket } = await until(() => reach(path), { what: `a supervisor on ${path}`, withinMillis: readyMillis })
  const waiting = new Map<number, (frame: typeof Frame.Type) => void>()
  const told: Told[] = []
  const complaints: Refused[] = []
  let hello: SupervisorHello | undefined
  let lastId = 0
  socket.on("error", () => {})
  createInterface({ input: socket }).on("line", (text) => {
    const frame = Schema.decodeUnknownSync(Frame)(JSON.parse(text))
    if (frame.hello) hello = frame.hello
    if (frame.tell) told.push(frame.tell)
    if (typeof frame.id === "number") waiting.get(frame.id)?.(frame)
    else if (frame.error) complaints.push(frame.error)
  })
  const send = (ask: string, payload: unknown): Promise<typeof Frame.Type> => {
    const id = ++lastId
    socket.write(`${JSON.stringify({ id, ask, with: payload })}\n`)
    return new Promise((resolve) => waiting.set(id, resolve))
  }
  const ask = async <A extends Ask>(name: A, payload: Asks[A]["takes"]): Promise<Asks[A]["gives"]> => {
    const frame = await send(name, payload)
    if (frame.error) throw new Error(`${name} was refused: ${frame.error.tag}: ${frame.error.message}`)
    if (!isGiven(name, frame.ok)) throw new Error(`${name} was answered with ${JSON.stringify(frame.ok)}`)
    return frame.ok
  }
  const { seen: greeting } = await until(() => hello, { what: "a greeting", withinMillis: readyMillis })
  return {
    hello: greeting,
    told,
    complaints,
    ask,
    refusal: async (name, payload) => {
      const frame = await send(name, payload)
      if (!frame.error) throw new Error(`${name} was not refused: ${JSON.stringify(frame.ok)}`)
      return frame.error
    },
    launch: (name, shell, over = {}) =>
      ask("launch", {
        treeId: treeOf(name),
        session: sessionOf(name),
        provider: "test",
        command: "sh",
        args: ["-c", `exec 9>"$CORRAL_TEST_PIPE"; ${shell}`],
        cwd: "/",
        env,
        farewell: [],
        budgets: { eofMillis: 300, termMillis: 300, killMillis: 5000 },
        ...over,
      }),
    stop: async (name, over = {}) => {
      const certificate = await ask("stop", { target: { tree: treeOf(name) }, reason: "stop", askedBy: "test", from: null, ...over })
      if (certificate === null) throw new Error(`no certificate for ${name}`)
      return certificate
    },
    ack: (name, n) => void socket.write(`${JSON.stringify({ ack: { treeId: treeOf(name), n } })}\n`),
    tellsOf: (tag) => told.filter((each): each is Extract<Told, { readonly _tag: typeof tag }> => each._tag === tag),
    linesOf: (name) => told.flatMap((each) => (each._tag === "line" && each.treeId === treeOf(name) ? [each.line] : [])),
    raw: (bytes) => void socket.write(bytes),
    drop: () => socket.destroy(),
  }
}

const isGiven = <A extends Ask>(ask: A, ok: unknown): ok is Asks[A]["gives"] => Schema.is(asks[ask].gives)(ok)

const reach = (path: string): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect(path)
    socket.once("connect", () => resolve(socket))
    socket.once("error", () => resolve(undefined))
  })
