// A short command of the server with its output (git, `claude --version`): contained like any tree, and certified only if it
// left something that had to be ended.
import { randomBytes } from "node:crypto"
import type { Asks } from "@corral/contracts/supervisor"
import type { Readable } from "node:stream"
import { treeId } from "./contract.ts"
import type { Exit } from "./pipes.ts"
import { Refusal } from "./refusal.ts"
import { start, type Started } from "./spawn.ts"
import { stopTree } from "./stop.ts"
import type { Supervision } from "./supervision.ts"

/** The rest is read and dropped, so that the command can end. */
const maxOutputBytes = 1024 * 1024
/** More at once is not what short commands are for. */
const maxAtOnce = 32
/** A daemon that a command left behind may hold its pipes open; its last words have arrived by then. */
const maxLastWordsMillis = 200
const maxTimeoutMillis = 10 * 60 * 1000

export async function run(s: Supervision, ask: Asks["run"]["takes"]): Promise<Asks["run"]["gives"] | Refusal> {
  const running = [...s.trees.values()].filter((tree) => tree.provider === "run").length
  if (running >= maxAtOnce) return new Refusal("too-large", `${maxAtOnce} commands run already`)
  const id = `run_${randomBytes(9).toString("hex")}`
  if (!treeId(id)) return new Refusal("bad-request", `not a tree's name: ${id}`)
  const { command, args, cwd, env } = ask
  const started = await start(s, { command, args, cwd, env, treeId: id, session: null, provider: "run", farewell: [], budgets: null })
  return started instanceof Refusal ? started : await finish(s, started, Math.min(ask.timeoutMillis, maxTimeoutMillis))
}

async function finish(s: Supervision, { tree, child, exited }: Started, timeoutMillis: number): Promise<Asks["run"]["gives"]> {
  child.stdin.on("error", () => {})
  child.stdin.end()
  const stdout = collect(child.stdout, exited)
  const stderr = collect(child.stderr, exited)
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    void stopTree(s, tree, { reason: "stop", askedBy: "timeout", from: "term" })
  }, timeoutMillis)
  const exit: Exit = await exited
  clearTimeout(timer)
  tree.exit = exit
  s.ladders.wake()
  // The proof goes on behind the answer; the tree is shown until it is there.
  void stopTree(s, tree, { reason: "exited", askedBy: "command", isQuiet: true, ...tree.lastStop, from: tree.stopping ? null : "term" })
  await Promise.all([stdout.end, stderr.end])
  return { code: exit.code, stdout: stdout.text(), stderr: stderr.text(), timedOut }
}

function collect(stream: Readable, exited: Promise<Exit>): { readonly text: () => string; readonly end: Promise<unknown> } {
  const chunks: Buffer[] = []
  let size = 0
  stream.on("error", () => {})
  stream.on("data", (chunk: Buffer) => {
    const part = chunk.subarray(0, maxOutputBytes - size)
    size += part.length
    if (part.length > 0) chunks.push(part)
  })
  const end = new Promise((resolve) => {
    stream.once("close", resolve)
    void exited.then(() => setTimeout(resolve, maxLastWordsMillis))
  })
  return { text: () => Buffer.concat(chunks).toString("utf8"), end }
}
