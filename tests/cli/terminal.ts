// A person's terminal in a test: their own home, the built command line, and what it said.
import { spawn } from "node:child_process"
import { mkdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { text } from "node:stream/consumers"
import { until, within } from "../agents/deadline.ts"
import { machineProcesses } from "../agents/machine.ts"
import { makeScratch } from "../agents/scratch.ts"

const launcher = join(import.meta.dirname, "../../apps/cli/bin/corral.js")
/** Longer than any command waits for anything. */
const doneWithinMillis = 40_000

export interface Said {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Typed {
  readonly node?: string
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  /** Words before the command: a program that makes a world for it and then becomes it. */
  readonly within?: readonly string[]
}

export interface Terminal {
  readonly home: string
  readonly project: string
  /** Runs `corral` with these words to its end. */
  readonly corral: (words: readonly string[], typed?: Typed) => Promise<Said>
  /** Of the running server, as it wrote them; undefined where none is. */
  readonly sign: () => { readonly pid: number; readonly address: string } | undefined
  /** Stops Corral; fails if something of this home goes on running. */
  readonly end: () => Promise<void>
}

export function makeTerminal(): Terminal {
  const { folder, drop } = makeScratch()
  const [home, person, project] = [join(folder, "home"), join(folder, "person"), join(folder, "project")]
  for (const made of [person, project]) mkdirSync(made)
  const env = {
    PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(":"),
    HOME: person,
    LANG: "C.UTF-8",
    CORRAL_HOME: home,
    CORRAL_PORT: "0",
  }
  const corral = (words: readonly string[], typed: Typed = {}) => run(words, { ...typed, env: { ...env, ...typed.env } })
  const end = async () => {
    await corral(["stop", "--now"])
    const left = () => machineProcesses().filter(({ command }) => command.includes(home))
    const isQuiet = () => left().length === 0 || undefined
    await until(isQuiet, { what: `nobody of ${home} left`, withinMillis: doneWithinMillis, instead: () => JSON.stringify(left()) })
    drop()
  }
  return { home, project, corral, sign: () => readSign(home), end }
}

async function run(words: readonly string[], { node = process.execPath, input, env, within: world = [] }: Typed): Promise<Said> {
  const [file = node, ...args] = [...world, node, launcher, ...words]
  const child = spawn(file, args, { env, stdio: "pipe" })
  child.stdin.end(input ?? "")
  const said = Promise.all([text(child.stdout), text(child.stderr), new Promise<number | null>((resolve) => child.on("close", resolve))])
  const [out, err, code] = await within(said, { what: `corral ${words.join(" ")}`, withinMillis: doneWithinMillis })
  return { code, out, err }
}

function readSign(home: string) {
  try {
    const sign: { readonly pid: number; readonly address: string } = JSON.parse(readFileSync(join(home, "server.json"), "utf8"))
    return sign
  } catch {
    return undefined
  }
}
