// Where the person's own Claude Code is, and whether it can be used: asked of the program itself once, then only when it changed.
import { statSync } from "node:fs"
import { ProviderId } from "@corral/contracts/ids"
import type { Model, Provider } from "@corral/contracts/provider"
import * as Effect from "effect/Effect"
import type { Supervisor } from "../../supervisor/supervisor.ts"
import { type Found, findBinary } from "../find-binary.ts"

export const claudeId = ProviderId.make("claude")

/** The first start ever on a cold disk took 3.3 s, on a loaded machine 15. */
const versionMillis = 20_000

const efforts = ["low", "medium", "high", "xhigh", "max"]
const guess = (model: string, name: string, description: string): Model => ({ model, name, description, efforts })

export const claudeAtFirst: Provider = {
  provider: claudeId,
  name: "Claude Code",
  version: null,
  binary: null,
  problem: null,
  models: [
    guess("default", "Default", "What your account uses by default"),
    guess("opus", "Opus", "For the hardest work"),
    guess("sonnet", "Sonnet", "For everyday work"),
    guess("haiku", "Haiku", "For quick answers"),
  ],
  modelsKnown: false,
  modes: ["ask", "edit", "full", "plan"],
  live: ["model", "effort", "mode"],
}

export interface ProbeSurroundings {
  readonly environment: Effect.Effect<Readonly<Record<string, string>>>
  readonly supervisor: Supervisor["Service"]
  /** A path that the person named, instead of looking on the PATH. */
  readonly named: string | undefined
}

export function makeProbe({ environment, supervisor, named }: ProbeSurroundings): (refresh: boolean) => Effect.Effect<Provider> {
  let last: { readonly print: string; readonly provider: Provider } | null = null
  return Effect.fn("claude.probe")(function* (refresh: boolean) {
    const env = yield* environment
    const found = findBinary(named ?? "claude", env["PATH"] ?? "")
    if ("problem" in found) return { ...claudeAtFirst, problem: problemOf(found, named) }
    const print = fingerprint(found.path)
    if (!refresh && last?.print === print) return last.provider
    const asked = yield* supervisor
      .ask("run", { command: found.path, args: ["--version"], cwd: "/", env, timeoutMillis: versionMillis })
      .pipe(Effect.match({ onFailure: ({ message }) => ({ problem: message }), onSuccess: readVersion }))
    const provider = { ...claudeAtFirst, binary: found.path, ...described(asked, found.path) }
    // A program that could not answer is asked again: the machine may only have been busy.
    last = provider.problem === null ? { print, provider } : null
    return provider
  })
}

function fingerprint(path: string): string {
  const { mtimeMs, size } = statSync(path)
  return `${path} ${mtimeMs} ${size}`
}

type Asked = { readonly version: string } | { readonly problem: string }

function readVersion(ran: {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}): Asked {
  const version = /\d+\.\d+\.\d+\S*/.exec(ran.stdout)?.[0]
  if (ran.code === 0 && version !== undefined) return { version }
  if (ran.timedOut) return { problem: `It did not tell its version within ${versionMillis / 1000} s.` }
  return { problem: ran.stderr.trim().slice(-300) || `It ended with exit code ${ran.code}.` }
}

const described = (asked: Asked, path: string): Pick<Provider, "version" | "problem"> =>
  "version" in asked
    ? { version: asked.version, problem: null }
    : { version: null, problem: { message: `${path} does not run: ${asked.problem}`, next: `Try it in a terminal: ${path} --version` } }

function problemOf(found: Exclude<Found, { path: string; problem?: never }>, named: string | undefined): Provider["problem"] {
  if (found.problem === "not-executable") return { message: `${found.path} is not executable.`, next: `chmod +x ${found.path}` }
  if (named !== undefined) return { message: `There is no ${named}.`, next: "Set CORRAL_CLAUDE to where your claude is, or unset it." }
  return { message: "Claude Code is not installed.", next: "npm install -g @anthropic-ai/claude-code" }
}
