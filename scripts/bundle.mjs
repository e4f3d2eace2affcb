// Bundles one of Corral's programs into one file, `dist/<name>.mjs`: `bundle.mjs server`. One file starts in a third of the time of many.
import { renameSync } from "node:fs"
import { join } from "node:path"
import { rolldown } from "rolldown"
import { root } from "./run.mjs"

/** Left outside: large and loaded only when a Claude thread wakes; or native helpers that `ws` does without. */
const external = [/^@anthropic-ai\/claude-agent-sdk/, "bufferutil", "utf-8-validate"]

const [name] = process.argv.slice(2)
const output = join(root, "dist", `${name}.mjs`)
const temporary = `${output}.${process.pid}`

try {
  const bundle = await rolldown({ input: join(root, "apps", name, "src", "main.ts"), platform: "node", external })
  await bundle.write({ file: temporary, format: "esm", codeSplitting: false, comments: false })
  renameSync(temporary, output) // whole or not at all: a server may be starting from it
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
