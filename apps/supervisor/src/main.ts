// The supervisor: one process per CORRAL_HOME that owns every process of every session. `serve` is the supervisor itself,
// `sweep` is what its watcher becomes when it dies.
import { parseArgs } from "node:util"
import { establish, superviseWith } from "./establish.ts"
import { supervise } from "./supervise.ts"
import { sweepFormer } from "./sweep.ts"

const exitCodes = { done: 0, failed: 1, usage: 2, taken: 5 } as const
const usage = `corral supervisor, one per CORRAL_HOME

  supervisor serve [--home DIR]   own every process of the agents, answer on DIR/supervisor.sock
  supervisor sweep [--home DIR]   end what a supervisor that died left behind; nothing while one lives

DIR is CORRAL_HOME where it is not given. CORRAL_TIER=linux-plain or ps asks for weaker containment, for tests.
Exit codes: 0 done, 1 failed, 2 wrong usage, 5 another supervisor has this home.
`

async function main(): Promise<number> {
  const { verb, home } = readArguments()
  if (verb === "help") {
    process.stdout.write(usage)
    return exitCodes.done
  }
  if ((verb !== "serve" && verb !== "sweep") || home === undefined || home === "") {
    process.stderr.write(usage)
    return exitCodes.usage
  }
  const established = await establish(home, verb === "serve" ? "supervisor" : "sweep")
  if ("kind" in established) {
    process.stderr.write(`corral supervisor: ${established.message}\n`)
    return exitCodes[established.kind]
  }
  if (verb === "serve") {
    await supervise(established, [process.execPath, ...process.execArgv, import.meta.filename, "sweep", "--home", established.home.folder])
    return exitCodes.done
  }
  const s = superviseWith(established, { armed: async () => false, onGone: () => {} })
  await sweepFormer(s, "supervisor-lost", "watcher")
  established.lock.release()
  return s.trees.size === 0 ? exitCodes.done : exitCodes.failed
}

function readArguments(): { readonly verb: string | undefined; readonly home: string | undefined } {
  try {
    const { values, positionals } = parseArgs({ options: { home: { type: "string" }, help: { type: "boolean" } }, allowPositionals: true })
    return { verb: values.help ? "help" : positionals[0], home: values.home ?? process.env["CORRAL_HOME"] }
  } catch {
    return { verb: undefined, home: undefined }
  }
}

// Whoever started us may be gone, and nobody reads what we say.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
process.exit(await main())
