// A connection to this home's server; one is started where none runs.
import { connect, type Connection } from "@corral/client/connect"
import { Refused } from "@corral/client/errors"
import { setTimeout as pause } from "node:timers/promises"
import { exitCodes, Failure } from "./failure.ts"
import { home, readServerFile, readToken, serverLog, type ServerFile } from "./home.ts"
import { homeTaken, isThere, launchServer, type ServerOptions } from "./launch.ts"

/** A server that is there answers at once; a hung one must not hang us. */
const healthMillis = 2_000
/** How long a command waits for a server that went away in the middle: longer than a restart takes. */
const patienceMillis = 10_000
/** Somebody else may have the home for a moment, and serve or leave soon: a start is tried again for as long as one may take. */
const startMillis = 30_000
/** Of that, one wait for the other's server. A start that is refused costs a process. */
const rivalMillis = 3_000
const lookAgainMillis = 100
const unauthorized = 401

/** The server of this home, if it answers. */
export async function findServer(): Promise<ServerFile | undefined> {
  const server = readServerFile()
  if (server === undefined) return undefined
  try {
    const response = await fetch(new URL("/health", server.address), { signal: AbortSignal.timeout(healthMillis) })
    await response.body?.cancel()
    return response.ok ? server : undefined
  } catch {
    return undefined
  }
}

/** `isNew`: it was started for this. */
export interface Reached {
  readonly server: ServerFile
  readonly isNew: boolean
}

/** The server of this home; started where none runs. After a crash it comes back where open browsers look for it. */
async function ensureServer(options: ServerOptions): Promise<Reached> {
  const deadline = Date.now() + startMillis
  let running = await findServer()
  while (running === undefined) {
    try {
      await launchServer({ ...formerPort(), ...options })
      const server = await findServer()
      if (server === undefined) throw new Failure("StartFailed", `The server started but does not answer. Next: read ${serverLog()}`)
      return { server, isNew: true }
    } catch (error) {
      const isRivaled = error instanceof Failure && error.tag === homeTaken
      if (!isRivaled || Date.now() > deadline) throw error
      running = await rivalServer()
    }
  }
  return { server: running, isNew: false }
}

/** Starts the server where none runs, connects, does the work, and leaves. One that was leaving when we found it is not the one we want. */
export async function withServer<T>(
  work: (connection: Connection, reached: Reached) => Promise<T>,
  options: ServerOptions = {},
): Promise<T> {
  const deadline = Date.now() + patienceMillis
  for (;;) {
    const reached = await ensureServer(options)
    try {
      return await withConnection(reached.server, (connection) => work(connection, reached))
    } catch (error) {
      if (!hasLeft(reached.server, error) || Date.now() > deadline) throw error
    }
  }
}

/** The server did not open our line: nothing was asked of it. */
class NotTaken extends Failure {}

/** It was on its way out: who leaves in peace takes down its sign before it refuses anybody. */
export function hasLeft({ pid }: ServerFile, error: unknown): boolean {
  return error instanceof NotTaken && !(readServerFile()?.pid === pid && isThere(pid))
}

/** Of a server that did not end in peace: one that did leaves nothing behind. */
function formerPort(): ServerOptions {
  const port = Number(URL.parse(readServerFile()?.address ?? "")?.port)
  return port > 0 ? { port } : {}
}

/** Another command's server, once it is ready; undefined: not in time, or whoever had the home has left it. */
async function rivalServer(): Promise<ServerFile | undefined> {
  const deadline = Date.now() + rivalMillis
  for (;;) {
    const server = await findServer()
    if (server !== undefined || Date.now() > deadline) return server
    await pause(lookAgainMillis)
  }
}

export async function withConnection<T>(server: ServerFile, work: (connection: Connection) => Promise<T>): Promise<T> {
  const token = readToken() ?? ""
  const url = new URL("/rpc", server.address.replace(/^http/, "ws"))
  const connection = connect({ open: () => new WebSocket(url, { headers: bearer(token) }) })
  const giveUp = closeWhenLost(connection)
  try {
    if (!(await opened(connection))) throw await whyNot(server, token)
    return await work(connection)
  } finally {
    giveUp()
    connection.close()
  }
}

/** That it is the command line is written on what it starts and stops. */
function bearer(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}`, "x-corral-client": "cli" }
}

function opened(connection: Connection): Promise<boolean> {
  return new Promise((resolve, reject) => {
    connection.onState((state) => {
      if (state.tag === "open") resolve(true)
      if (state.tag === "lost") resolve(false)
      if (state.tag === "refused") reject(new Refused(state.refusal))
    })
  })
}

/** A socket does not tell why it was not opened; a page does. */
async function whyNot({ address, pid }: ServerFile, token: string): Promise<Failure> {
  const status = await fetch(address, { headers: bearer(token), signal: AbortSignal.timeout(healthMillis) }).then(
    (page) => page.status,
    () => undefined,
  )
  const message =
    status === unauthorized
      ? `The server (pid ${pid}) does not take the token in ${home()}: it was changed. Next: end pid ${pid}, then corral start`
      : `The server at ${address} (pid ${pid}) does not take our connection. Next: read ${serverLog()}`
  if (status === unauthorized) return new Failure("Unauthorized", message, exitCodes.unreachable)
  return new NotTaken("Unreachable", message, exitCodes.unreachable)
}

/** What waits then fails with `Disconnected`. */
function closeWhenLost(connection: Connection): () => void {
  let timer: NodeJS.Timeout | undefined
  const stop = connection.onState((state) => {
    clearTimeout(timer)
    if (state.tag === "lost") timer = setTimeout(() => connection.close(), patienceMillis)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}
