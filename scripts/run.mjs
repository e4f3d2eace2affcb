// Runs a program of the workspace on the Node that comes with it. Plain JavaScript that an old Node understands.
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The oldest Node on which the workspace's own programs run; `npm` and these scripts bear an older one. */
const leastMajor = 24
/** Silence for longer looks like a hang. */
const progressMillis = 5_000

/** The Node that was installed with the workspace, or the one we are on where that is new enough. */
export function modernNode() {
  const installed = join(root, "node_modules", ".bin", "node")
  if (existsSync(installed)) return installed
  if (Number(process.versions.node.split(".")[0]) >= leastMajor) return process.execPath
  throw new Error(
    `No Node ${leastMajor} or newer here: none came with the install for ${process.platform}-${process.arch}, and this one is ${process.version}.`,
  )
}

/** `node_modules/.bin/<tool>` as a script for `modernNode`, not through its `#!` line, which may find an old Node. */
export function tool(name) {
  return join(root, "node_modules", ".bin", name)
}

/** Resolves with the exit code; a signal counts as 1. `options.env` comes on top of our own environment. What is asked to end us is passed on, and we end when the program has. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const path = `${join(root, "node_modules", ".bin")}:${process.env.PATH ?? ""}`
    const env = { ...process.env, PATH: path, ...options.env }
    const child = spawn(command, args, { cwd: root, stdio: options.stdio ?? "inherit", env })
    const passOn = (signal) => child.kill(signal)
    // A terminal sends SIGINT to the whole group by itself; here it only must not end us before the program.
    const signals = { SIGINT: () => {}, SIGTERM: passOn, SIGHUP: passOn }
    for (const [signal, listener] of Object.entries(signals)) process.on(signal, listener)
    const settle = (done) => {
      for (const [signal, listener] of Object.entries(signals)) process.off(signal, listener)
      done()
    }
    child.on("error", (error) => settle(() => reject(error)))
    child.on("exit", (code) => settle(() => resolve(code ?? 1)))
  })
}

/** One line when it begins, one each few seconds while it lasts, one when it is done. */
export async function withProgress(what, work) {
  const startedAt = performance.now()
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
  console.log(`· ${what} …`)
  const timer = setInterval(() => console.log(`  still at it: ${what}, ${seconds()}`), progressMillis)
  try {
    const result = await work()
    console.log(`✓ ${what}  ${seconds()}`)
    return result
  } finally {
    clearInterval(timer)
  }
}

/** For a script's last line: failures are told in a sentence, not as a stack. */
export async function orSay(work) {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    console.error(`✗ ${error.message}`)
    process.exitCode = 1
  }
}
