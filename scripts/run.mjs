// Runs a program of the workspace on the Node that comes with it. Plain JavaScript that an old Node understands.
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The oldest Node on which the workspace's own programs run; `npm` and these scripts bear an older one. */
const leastMajor = 24

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

/** Resolves with the exit code; a signal counts as 1. `options` are those of `spawn`. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const path = `${join(root, "node_modules", ".bin")}:${process.env.PATH ?? ""}`
    const child = spawn(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, PATH: path }, ...options })
    child.on("error", reject)
    child.on("exit", (code) => resolve(code ?? 1))
  })
}
