// Starts a tree: written in the ledger before it is spawned, under a watcher, with a token, in a session of its own.
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process"
import { accessSync, constants, statSync } from "node:fs"
import { delimiter, isAbsolute, resolve } from "node:path"
import type { SessionId, TreeId } from "@corral/contracts/ids"
import type { Asks } from "@corral/contracts/supervisor"
import { holdPipes, type Child, type Exit } from "./pipes.ts"
import { Refusal } from "./refusal.ts"
import { stopTree } from "./stop.ts"
import type { Supervision } from "./supervision.ts"
import { mintToken } from "./token.ts"
import { cookieOf, markOf, newTree, type Tree } from "./tree.ts"

/** Cookies are made of the same numbers where tokens do not work. */
const noCeiling = 1n << 61n

export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

interface Plan extends Command, Pick<Tree, "treeId" | "provider" | "farewell" | "budgets"> {
  readonly treeId: TreeId
  readonly session: SessionId | null
}

export interface Started<C extends ChildProcess = Child> {
  readonly tree: Tree
  readonly child: C
  readonly exited: Promise<Exit>
}

type Where = Pick<Command, "cwd" | "env">
type Spawn<C> = (argv: readonly string[], where: Where) => Promise<C | Refusal>

export async function launch(s: Supervision, ask: Asks["launch"]["takes"]): Promise<Asks["launch"]["gives"] | Refusal> {
  if (s.trees.has(ask.treeId) || s.ledger.knows(ask.treeId)) return new Refusal("duplicate", `the tree ${ask.treeId} was launched before`)
  const started = await start(s, ask)
  if (started instanceof Refusal) return started
  const { tree, child, exited } = started
  tree.pipes = holdPipes(tree.treeId, child, exited)
  void exited.then((exit) => {
    tree.exit = exit
    s.ladders.wake()
    // Whatever the root leaves behind goes too: leaving proves nothing. One that was stuck leaves by the order it was stopped by.
    return stopTree(s, tree, { reason: "exited", askedBy: "agent", ...tree.lastStop, from: tree.stopping ? null : "term" })
  })
  return { pid: child.pid ?? 0, startedAt: tree.launchedAt, tier: tree.tier }
}

/** With pipes for us, in a session of its own. */
export const start = (s: Supervision, plan: Plan): Promise<Started | Refusal> =>
  startWith(s, plan, { spawnChild: spawnPiped, hasTerminal: false })

/** In our own terminal, or whatever else we have for input and output: it reads and writes that itself, and shares our session. */
export const startInForeground = (s: Supervision, plan: Plan): Promise<Started<ChildProcess> | Refusal> =>
  startWith(s, plan, { spawnChild: spawnInherited, hasTerminal: true })

/** The part that every launch shares. Refused: nothing runs, and nothing is left of it. */
async function startWith<C extends ChildProcess>(s: Supervision, plan: Plan, where: Ground<C>): Promise<Started<C> | Refusal> {
  const program = findProgram(plan)
  if (program instanceof Refusal) return program
  if (s.closing) return new Refusal("shutting-down", s.closing.why)
  const serial = mintToken(s.home.install, s.containment.tokenCeiling ?? noCeiling, (used) => s.ledger.isUsed(used))
  if (serial === null) return new Refusal("not-launched", "there is no room for another token below the limit of file locks")
  const tree = treeOf(s, plan, serial)
  s.trees.set(tree.treeId, tree)
  const launching = journalAndSpawn(s, { plan, tree, serial, program, ...where })
  tree.settled = launching
  const started = await launching
  if (started instanceof Refusal && tree.state !== "stuck") s.trees.delete(tree.treeId)
  return started
}

/** Where it lives: with pipes of its own, or in our terminal. */
interface Ground<C> {
  readonly spawnChild: Spawn<C>
  readonly hasTerminal: boolean
}

interface Launching<C> extends Ground<C> {
  readonly plan: Plan
  readonly tree: Tree
  readonly serial: string
  readonly program: string
}

async function journalAndSpawn<C extends ChildProcess>(s: Supervision, launching: Launching<C>): Promise<Started<C> | Refusal> {
  const { plan, tree, serial, program, spawnChild } = launching
  if (!(await s.armed())) return new Refusal("unarmed", "no watcher stands guard over the supervisor, so nothing is launched")
  if (s.closing) return new Refusal("shutting-down", s.closing.why)
  const { treeId, tier, provider, launchedAt: at } = tree
  const { leaf } = tree.mark
  const { cwd, session } = plan
  const problem = s.ledger.append({ ev: "intended", at, treeId, serial, tier, boot: s.containment.boot, provider, session, cwd, leaf })
  if (problem !== null) return new Refusal("ledger-failed", `the launch could not be written down: ${problem}`)
  tree.state = "launching"
  const env = { ...(session === null ? {} : { CORRAL_SESSION: session }), ...plan.env, CORRAL_TREE: cookieOf(treeId, serial) }
  const argv = s.containment.wrap({ token: serial, leaf, hasTerminal: launching.hasTerminal, argv: [program, ...plan.args] })
  const child = housed(s, leaf) ?? (await spawnChild(argv, { cwd, env }))
  if (child instanceof Refusal) {
    s.ledger.append({ ev: "undone", treeId })
    if (leaf !== null) s.containment.dropLeaf(leaf)
    return child
  }
  const exited = new Promise<Exit>((done) => void child.once("exit", (code, signal) => done({ code, signal })))
  const unrecorded = recordRoot(s, tree, child.pid ?? 0)
  if (unrecorded !== null) return await undo(s, tree, unrecorded)
  tree.state = "running"
  return { tree, child, exited }
}

function treeOf(s: Supervision, plan: Plan, serial: string): Tree {
  const { treeId, provider, farewell, budgets, session } = plan
  const { tier } = s.containment
  const sessions = new Set(session === null ? [] : [session])
  const rootTag = plan.env["CORRAL_SESSION"] ?? session
  const mark = markOf(treeId, { serial, tier, leaf: s.containment.leaves.pathFor(serial) })
  return newTree({ treeId, provider, farewell, budgets, tier, mark, rootTag, sessions, launchedAt: Date.now() })
}

/** Null: its leaf is there, or it needs none. */
function housed({ containment }: Supervision, leaf: string | null): Refusal | null {
  const problem = leaf === null ? null : containment.leaves.make(leaf)
  return problem === null ? null : new Refusal("not-launched", `no cgroup could be made for it: ${problem}`)
}

/** `detached` gives it a session of its own. */
const spawnPiped: Spawn<Child> = (argv, { cwd, env }) =>
  spawned(argv, (file, args) => spawn(file, args, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] }))

/** Not detached, or it would lose its terminal. */
const inherited: SpawnOptions = { stdio: "inherit" }
const spawnInherited: Spawn<ChildProcess> = (argv, where) => spawned(argv, (file, args) => spawn(file, args, { ...where, ...inherited }))

/** What we start is the root of the tree, whatever it becomes (`Containment.wrap`). */
function spawned<C extends ChildProcess>(argv: readonly string[], begin: (file: string, args: string[]) => C): Promise<C | Refusal> {
  const [file = "", ...args] = argv
  return new Promise((done) => {
    try {
      const child = begin(file, args)
      child.once("spawn", () => done(child))
      child.once("error", (error) => done(new Refusal("not-launched", error.message)))
    } catch (error) {
      done(new Refusal("bad-request", error instanceof Error ? error.message : String(error)))
    }
  })
}

/** Null: it is in the ledger. A root that has left already is in it too; its children bear the token. */
function recordRoot(s: Supervision, tree: Tree, pid: number): string | null {
  const root = s.containment.identify(pid)
  const { start, pgid, sid } = root ?? { start: 0, pgid: pid, sid: pid }
  tree.root = { pid, start }
  tree.mark.known.set(pid, start)
  tree.mark.sids.own({ pid, sid })
  const [owned = null] = tree.mark.sids
  s.containment.offerToOom(pid)
  return s.ledger.append({ ev: "running", treeId: tree.treeId, root: tree.root, pgid, sid: owned })
}

async function undo(s: Supervision, tree: Tree, problem: string): Promise<Refusal> {
  const budgets = { protocol: 0, eof: 0, term: 0, kill: 10_000 }
  const landing = await s.ladders.descend({ tree, from: "kill", budgets, farewell: [], choose: null, onRung: () => {} })
  if (landing.outcome === "stuck") tree.state = "stuck"
  else {
    s.ledger.append({ ev: "undone", treeId: tree.treeId })
    if (tree.mark.leaf !== null) s.containment.dropLeaf(tree.mark.leaf)
  }
  return new Refusal("ledger-failed", `the launch could not be written down and was undone: ${problem}`)
}

/** The path that will be run, by the PATH of the agent's own environment. */
function findProgram({ command, cwd, env }: Command): string | Refusal {
  const folder = isFolder(cwd)
  if (folder !== null) return new Refusal("bad-folder", folder)
  const paths = command.includes("/")
    ? [resolve(cwd, command)]
    : (env["PATH"] ?? "").split(delimiter).map((each) => resolve(cwd, each, command))
  const found = command === "" ? undefined : paths.find(isProgram)
  if (found !== undefined) return found
  const where = isAbsolute(command) ? "it is not there, or not executable" : `it is nowhere in PATH (${env["PATH"] ?? "empty"})`
  return new Refusal("no-program", `cannot run ${JSON.stringify(command)}: ${where}`)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Null: it is one, and can be entered. */
function isFolder(path: string): string | null {
  if (!isAbsolute(path)) return `the folder must be an absolute path: ${JSON.stringify(path)}`
  try {
    accessSync(path, constants.R_OK | constants.X_OK)
    return statSync(path).isDirectory() ? null : `${path} is not a folder`
  } catch (error) {
    return `cannot work in ${path}: ${error instanceof Error ? error.message : String(error)}`
  }
}
