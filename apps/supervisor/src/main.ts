// The supervisor: one process per CORRAL_HOME that owns every process of every session. `serve` is the supervisor itself,
// `sweep` is what its watcher becomes when it dies, `run` holds one command in the foreground, without any server;
// `survey` and `end` are what `corral doctor` asks, and a living supervisor for the app.
import { parseArgs } from "node:util"
import { establish, superviseWith, type Established } from "./establish.ts"
import { runInForeground } from "./foreground.ts"
import { clearFormerRuns, newRunHome } from "./foreground-home.ts"
import { ownProgram } from "./own-program.ts"
import { endNamed, surveyMachine } from "./survey/doctor.ts"
import { supervise } from "./supervise.ts"
import { sweepFormer } from "./sweep.ts"

const exitCodes = { done: 0, failed: 1, usage: 2, taken: 5 } as const
const usage = `corral supervisor, one per CORRAL_HOME

  supervisor serve [--home DIR]   own every process of the agents, answer on DIR/supervisor.sock
  supervisor sweep [--home DIR]   end what a supervisor that died left behind; nothing while one lives
  supervisor survey [--home DIR]  every coding agent and MCP server of this machine, as JSON
  supervisor end [--home DIR] PID[:START]…  what would end as JSON; after a line "go" on stdin it is ended, and reported
  supervisor run [--home DIR] [--idle-millis N] [--memory-bytes N] [--certificate FILE] -- COMMAND…

DIR is CORRAL_HOME where it is not given. CORRAL_TIER=linux-plain or ps asks for weaker containment, for tests.
Exit codes: 0 done, 1 failed, 2 wrong usage, 5 another supervisor has this home.
`

async function main(): Promise<number> {
  const { verb, home, ...asked } = readArguments()
  if (verb === "help") {
    process.stdout.write(usage)
    return exitCodes.done
  }
  if (home !== undefined && home !== "") {
    if (verb === "serve") return await onHome(home, "supervisor", serveHome)
    if (verb === "sweep") return await onHome(home, "sweep", sweepHome)
    if (verb === "survey") return said(surveyMachine(home))
    if (verb === "end" && asked.command.length > 0) return said(await endNamed(home, asked.command))
    if (verb === "run" && asked.command.length > 0) return await runCommand(home, asked)
  }
  process.stderr.write(usage)
  return exitCodes.usage
}

function said(problem: string | null): number {
  if (problem === null) return exitCodes.done
  process.stderr.write(`${problem}\n`)
  return exitCodes.failed
}

async function onHome(home: string, role: "supervisor" | "sweep", work: (established: Established) => Promise<number>): Promise<number> {
  const established = await establish(home, role)
  if (!("kind" in established)) return await work(established)
  process.stderr.write(`corral ${role}: ${established.message}\n`)
  return exitCodes[established.kind]
}

async function serveHome(established: Established): Promise<number> {
  await supervise(established, sweepOf(established.home.folder))
  return exitCodes.done
}

async function sweepHome(established: Established): Promise<number> {
  const s = superviseWith(established, { armed: async () => false, onGone: () => {} })
  await sweepFormer(s, "supervisor-lost", "watcher")
  established.lock.release()
  return s.trees.size === 0 ? exitCodes.done : exitCodes.failed
}

const sweepOf = (folder: string): readonly string[] => [...ownProgram, "sweep", "--home", folder]

async function runCommand(home: string, { command, idleMillis, memoryBytes, certificate }: Asked): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`corral run: ${line}\n`)
  await clearFormerRuns(home)
  return await onHome(newRunHome(home), "supervisor", (established) => {
    const [program = "", ...args] = command
    const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
    const options = { sweep: sweepOf(established.home.folder), idleMillis, memoryBytes, certificate, say }
    return runInForeground(established, { command: program, args, cwd: process.cwd(), env }, options)
  })
}

/** What `run` was asked for; null: no such limit. */
interface Asked {
  readonly command: readonly string[]
  readonly idleMillis: number | null
  readonly memoryBytes: number | null
  readonly certificate: string | null
}

interface Arguments extends Asked {
  readonly verb: string | undefined
  readonly home: string | undefined
}

const text = { type: "string" } as const

function readArguments(): Arguments {
  try {
    const options = { home: text, "idle-millis": text, "memory-bytes": text, certificate: text, help: { type: "boolean" } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [verb, ...command] = positionals
    return {
      verb: values.help ? "help" : verb,
      home: values.home ?? process.env["CORRAL_HOME"],
      command,
      idleMillis: limitOf(values["idle-millis"]),
      memoryBytes: limitOf(values["memory-bytes"]),
      certificate: values.certificate ?? null,
    }
  } catch {
    return { verb: undefined, home: undefined, command: [], idleMillis: null, memoryBytes: null, certificate: null }
  }
}

const limitOf = (given: string | undefined): number | null => (given === undefined ? null : Number(given))

// Whoever started us may be gone, and nobody reads what we say.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
process.exit(await main())
