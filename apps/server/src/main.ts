// The roof: reads the settings, runs the server, says over IPC when it is ready or why it cannot be, and ends with exit code 0 when asked.
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import { run } from "./run.ts"
import { readSettings, type Settings } from "./settings.ts"

/** After the end was decided, closing takes a moment; what hangs then must not keep the process. */
const closingMillis = 3_000

const say = (
  message: { readonly ready: object } | { readonly failed: { readonly tag: string; readonly message: string; readonly next: string } },
) => {
  if (process.send !== undefined && process.connected) process.send(message)
  else process.stdout.write(`${JSON.stringify(message)}\n`)
}

const fail = (tag: string, message: string, next: string) => {
  process.stderr.write(`${tag}: ${message} ${next}\n`)
  say({ failed: { tag, message, next } })
  process.exitCode = 1
}

/** The first signal asks for an orderly end; further ones change nothing: it has its deadlines. */
const signalled = Effect.callback<{ readonly how: "stop"; readonly now: boolean }>((resume) => {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    process.on(signal, () => resume(Effect.succeed({ how: "stop", now: false })))
})

/** Why this cannot be a home; null: it is one now. */
const makeHome = (home: string): string | null => {
  try {
    mkdirSync(join(home, "logs"), { recursive: true, mode: 0o700 })
    return null
  } catch (cause) {
    return `CORRAL_HOME ${home} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`
  }
}

const start = async (settings: Settings) => {
  const unusable = makeHome(settings.home)
  if (unusable !== null) return fail("HomeUnusable", unusable, "Choose another CORRAL_HOME, or put that right.")
  const exit = await Effect.runPromiseExit(
    run({
      settings,
      signalled,
      onReady: ({ address, link }, notices) => say({ ready: { address, link: link(), pid: process.pid, notices } }),
    }),
  )
  setTimeout(() => process.exit(), closingMillis).unref()
  if (Exit.isSuccess(exit)) return
  const [reason] = exit.cause.reasons
  if (reason?._tag === "Fail") return fail(reason.error._tag, reason.error.message, "")
  fail("Defect", Cause.pretty(exit.cause), "This is a mistake of ours: please report it with the log.")
}

const settings = readSettings(process.env)
if (Result.isFailure(settings)) fail("BadSetting", settings.failure.message, settings.failure.next)
else await start(settings.success)
