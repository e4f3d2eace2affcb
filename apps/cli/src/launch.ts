// Starts Corral's own server, and a browser to look at it. The one place of the CLI that starts a process; never an agent.
import { spawn, type ChildProcess } from "node:child_process"
import { closeSync, mkdirSync, openSync, renameSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { createInterface } from "node:readline"
import { exitCodes, Failure } from "./failure.ts"
import { home, serverLog } from "./home.ts"

/** A start sweeps what a former server left before it serves: seconds, where agents are deaf. */
const readyMillis = 30_000
/** A log over this is kept as `server.log.1` when the next server starts, and a new one begun. */
const maxLogBytes = 5 * 1024 * 1024

/** The tag of a start that failed because this home has a server already, or is about to. */
export const homeTaken = "HomeTaken"

export interface ServerOptions {
  readonly port?: number
  readonly host?: string
  readonly idleMillis?: number
  readonly holdMillis?: number
  readonly memoryFloorPercent?: number
  readonly stallMillis?: number
  readonly tier?: string
  readonly mostAwake?: number
  readonly memoryLimitBytes?: number
}

export interface Ready {
  readonly address: string
  readonly link: string
  readonly pid: number
  /** What is not as it was asked for. */
  readonly notices: readonly string[]
}

/** A server that outlives us. Resolves when it serves; fails with what it said, or where its log is. */
export async function launchServer(options: ServerOptions): Promise<Ready> {
  const log = openLog()
  const child = spawnServer(options, { detached: true, stdio: ["ignore", log, log, "ipc"] })
  closeSync(log)
  try {
    return await readiness(child)
  } finally {
    if (child.connected) child.disconnect()
    child.unref()
  }
}

/** A server that lives in this terminal and ends with it. `onReady` when it serves; resolves with its exit code. */
export async function runServer(options: ServerOptions, onReady: (ready: Ready) => void): Promise<number> {
  const child = spawnServer(options, { detached: false, stdio: ["ignore", "inherit", "inherit", "ipc"] })
  const passOn = (signal: NodeJS.Signals) => void child.kill(signal)
  const stay = () => undefined // the terminal has sent it to the server too, which needs a moment to stop everything
  process.on("SIGINT", stay).on("SIGTERM", passOn).on("SIGHUP", passOn)
  const ended = new Promise<number>((resolve) => child.on("exit", (code) => resolve(code ?? 1)))
  try {
    onReady(await readiness(child))
    return await ended
  } finally {
    process.off("SIGINT", stay).off("SIGTERM", passOn).off("SIGHUP", passOn)
  }
}

/** The supervisor's own program in this terminal, to its end. Null: it was ended by a signal. `tier`: as CORRAL_TIER says where it is not given. */
export function runSupervisor(words: readonly string[], tier?: string): Promise<number | null> {
  const env = tier === undefined ? process.env : { ...process.env, CORRAL_TIER: tier }
  const child = spawn(process.execPath, [join(import.meta.dirname, "supervisor.mjs"), ...words], { stdio: "inherit", env })
  const passOn = (signal: NodeJS.Signals) => void child.kill(signal)
  // The terminal has sent Ctrl-C to the command too.
  process
    .on("SIGINT", () => undefined)
    .on("SIGTERM", passOn)
    .on("SIGHUP", passOn)
  return new Promise((resolve, reject) => child.on("error", reject).on("exit", (code) => resolve(code)))
}

/** The supervisor's own program as somebody to talk to: a line each way. It ends when we do, for then its input ends. */
export interface Dialogue {
  /** Fails where it has no more to say. */
  readonly hear: () => Promise<string>
  readonly say: (line: string) => void
  readonly close: () => void
}

export function talkToSupervisor(words: readonly string[]): Dialogue {
  const child = spawn(process.execPath, [join(import.meta.dirname, "supervisor.mjs"), ...words], { stdio: ["pipe", "pipe", "pipe"] })
  let complaint = ""
  child.on("error", (error) => (complaint += error.message))
  child.stderr.on("data", (piece) => (complaint += String(piece)))
  // Whoever has said all hears nothing more.
  child.stdin.on("error", () => undefined)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    hear: async () => {
      const { value, done } = await lines.next()
      if (!done) return value
      throw new Failure("Unavailable", complaint.trim() || "The supervisor's program said nothing. Next: npm run setup")
    },
    say: (line) => void child.stdin.write(`${line}\n`),
    close: () => void child.stdin.end(),
  }
}

/** Only where there is a display; that no browser opened is no failure: the link is printed as well. */
export function openBrowser(link: string): boolean {
  const hasDisplay = Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"])
  const opener = process.platform === "darwin" ? "open" : hasDisplay ? "xdg-open" : undefined
  if (opener === undefined) return false
  const child = spawn(opener, [link], { detached: true, stdio: "ignore" })
  child.on("error", () => undefined)
  child.unref()
  return true
}

/** Whether a process with this pid is there; signal 0 asks and does nothing. */
export function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

type SpawnOptions = Pick<Parameters<typeof spawn>[2], "detached" | "stdio">

function spawnServer(options: ServerOptions, how: SpawnOptions): ChildProcess {
  const given = {
    CORRAL_HOME: home(),
    CORRAL_PORT: options.port,
    CORRAL_HOST: options.host,
    CORRAL_IDLE_MILLIS: options.idleMillis,
    CORRAL_HOLD_MILLIS: options.holdMillis,
    CORRAL_MEMORY_FLOOR: options.memoryFloorPercent,
    CORRAL_STALL_MILLIS: options.stallMillis,
    CORRAL_TIER: options.tier,
    CORRAL_MOST_AWAKE: options.mostAwake,
    CORRAL_MEMORY_LIMIT: options.memoryLimitBytes,
  }
  const env: NodeJS.ProcessEnv = { ...process.env }
  for (const [name, value] of Object.entries(given)) if (value !== undefined) env[name] = String(value)
  return spawn(process.execPath, [join(import.meta.dirname, "server.mjs")], { ...how, env })
}

function readiness(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const fail = (message: string, tag = "StartFailed") => {
      clearTimeout(deadline)
      reject(new Failure(tag, message, exitCodes.unreachable))
    }
    const deadline = setTimeout(() => fail(`The server is not ready after ${readyMillis / 1000} s. Next: read ${serverLog()}`), readyMillis)
    child.on("error", (error) => fail(`The server could not be started: ${error.message}`))
    child.on("exit", (code, signal) => fail(`The server ended while starting (${signal ?? code}). Next: read ${serverLog()}`))
    child.on("message", (message) => {
      if (isFailed(message)) return fail(sentence(message.failed), message.failed.tag)
      if (!isReady(message)) return
      clearTimeout(deadline)
      resolve(message.ready)
    })
  })
}

interface Failed {
  readonly tag: string
  readonly message: string
  /** Empty where the message says it already. */
  readonly next: string
}

function sentence({ message, next }: Failed): string {
  return next === "" ? message : `${message} Next: ${next}`
}

function openLog(): number {
  const path = serverLog()
  mkdirSync(home(), { recursive: true, mode: 0o700 })
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > maxLogBytes) renameSync(path, `${path}.1`)
  return openSync(path, "a", 0o600)
}

/** Told by our own server over the pipe we gave it; a wrong shape would be a defect there. */
function isReady(message: unknown): message is { readonly ready: Ready } {
  return typeof message === "object" && message !== null && "ready" in message
}

function isFailed(message: unknown): message is { readonly failed: Failed } {
  return typeof message === "object" && message !== null && "failed" in message
}
