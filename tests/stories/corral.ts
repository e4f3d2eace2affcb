// A real Corral server of a story: the built program in a process of its own, and a client on its line.
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { WebSocket } from "ws"
import { connect, type Connection } from "@corral/client/connect"
import { within } from "../agents/deadline.ts"
import { isJson, textOf } from "../agents/stub-api/json.ts"

/** `CORRAL_TEST_DIST` names another build than the checkout's own. */
const program = join(process.env["CORRAL_TEST_DIST"] ?? join(import.meta.dirname, "../../dist"), "server.mjs")
const readyWithinMillis = 60_000
/** The server promises 8 s for everything it has to stop. */
const exitWithinMillis = 10_000
/** Of what a server wrote, for the failure of a test. */
const keptOutputChars = 20_000

export interface Exit {
  readonly code: number | null
  readonly signal: string | null
}

export interface Corral {
  readonly pid: number
  readonly address: string
  /** Signs one browser in, once. */
  readonly link: string
  readonly token: string
  readonly client: Connection
  readonly supervisorPid: () => Promise<number>
  readonly signal: (signal: NodeJS.Signals) => void
  readonly exited: Promise<Exit>
  /** SIGTERM, and the exit within the time that is promised. */
  readonly stop: () => Promise<Exit & { readonly millis: number }>
  readonly output: () => string
}

export const startCorral = async (env: Readonly<Record<string, string>>): Promise<Corral> => {
  if (!existsSync(program)) throw new Error(`${program} is not built; run: npm run build`)
  const child = spawn(process.execPath, [program], { env, stdio: ["ignore", "pipe", "pipe", "ipc"], cwd: "/" })
  const output = keepOutput(child)
  const exited = once(child, "exit").then(([code, signal]): Exit => ({ code: code ?? null, signal: signal ?? null }))
  const { address, link } = await readiness(child, exited, output)
  const token = readFileSync(join(env["CORRAL_HOME"] ?? "", "token"), "utf8").trim()
  const client = connect({ open: () => openLine(address, token) })
  const stop = async () => {
    const began = performance.now()
    client.close()
    child.kill("SIGTERM")
    const exit = await within(exited, { what: "the server's exit", withinMillis: exitWithinMillis, instead: output })
    return { ...exit, millis: performance.now() - began }
  }
  return {
    pid: child.pid ?? 0,
    address,
    link,
    token,
    client,
    supervisorPid: async () => (await client.call("status", {})).supervisor?.pid ?? Number.NaN,
    signal: (signal) => void child.kill(signal),
    exited,
    stop,
    output,
  }
}

/** A line as the web app and the CLI open it; the story signs in by the token of the home. */
export const openLine = (address: string, token: string): WebSocket =>
  new WebSocket(`${address.replace(/^http/, "ws")}/rpc`, { headers: { authorization: `Bearer ${token}` } })

const readiness = async (child: ChildProcess, exited: Promise<Exit>, output: () => string) => {
  const gone = exited.then(({ code, signal }) => ({ failed: { message: `the server left at once (${code ?? signal})` } }))
  const told: Promise<unknown> = once(child, "message").then(([message]) => message)
  const message = await within(Promise.race([told, gone]), {
    what: "the server's readiness",
    withinMillis: readyWithinMillis,
    instead: output,
  })
  if (isJson(message) && isJson(message["ready"]))
    return { address: textOf(message["ready"]["address"]), link: textOf(message["ready"]["link"]) }
  await within(exited, { what: "the exit of a server that cannot start", withinMillis: exitWithinMillis, instead: output })
  throw new Error(`The server did not start: ${JSON.stringify(message)}\n${output()}`)
}

const keepOutput = (child: ChildProcess): (() => string) => {
  let kept = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => (kept = (kept + chunk).slice(-keptOutputChars)))
  }
  return () => kept
}
