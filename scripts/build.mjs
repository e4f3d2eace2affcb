// `npm run build [-- server web]`: makes of dist/ what is stale, by a hash of what goes into each part. Nothing stale: nothing is run.
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { modernNode, orSay, root, run, tool, withProgress } from "./run.mjs"

const shared = ["packages", "package-lock.json", "tsconfig.base.json", "scripts/bundle.mjs"]
const parts = {
  server: { output: "dist/server.mjs", inputs: [...shared, "apps/server/src"] },
  supervisor: { output: "dist/supervisor.mjs", inputs: [...shared, "apps/supervisor/src"] },
  cli: { output: "dist/cli.mjs", inputs: [...shared, "apps/cli/src"] },
  practice: { output: "dist/practice.mjs", inputs: [...shared, "apps/practice/src"] },
  web: {
    output: "dist/web/index.html",
    inputs: [...shared, "apps/web/src", "apps/web/public", "apps/web/index.html", "apps/web/vite.config.ts"],
  },
}
/** What was built from what: part → hash of its inputs. */
const record = join(root, "dist", "built.json")

/** `named`: only these parts. Throws when one could not be built; those that could are noted as built all the same. */
export async function build(named = Object.keys(parts)) {
  const built = readRecord()
  const hashes = Object.fromEntries(named.map((name) => [name, hashOf(parts[name].inputs)]))
  const stale = named.filter((name) => built[name] !== hashes[name] || !existsSync(join(root, parts[name].output)))
  if (stale.length === 0) return
  mkdirSync(join(root, "dist"), { recursive: true })
  const results = await Promise.allSettled(stale.map((name) => withProgress(`building ${name}`, () => make(name))))
  const done = stale.filter((_name, at) => results[at].status === "fulfilled")
  writeRecord(Object.fromEntries(done.map((name) => [name, hashes[name]])))
  const failed = stale.filter((name) => !done.includes(name))
  if (failed.length > 0) throw new Error(`Could not be built: ${failed.join(", ")}. What is wrong stands above.`)
}

async function make(name) {
  const [program, ...args] =
    name === "web" ? [tool("vite"), "build", "apps/web", "--logLevel", "warn"] : [join(root, "scripts", "bundle.mjs"), name]
  const code = await run(modernNode(), [program, ...args])
  if (code !== 0) throw new Error(`exit code ${code}`)
}

/** Read again just before: another build may have added to it. */
function writeRecord(done) {
  const temporary = `${record}.${process.pid}`
  writeFileSync(temporary, JSON.stringify({ ...readRecord(), ...done }, null, 2))
  renameSync(temporary, record)
}

function readRecord() {
  try {
    return JSON.parse(readFileSync(record, "utf8"))
  } catch {
    return {}
  }
}

function hashOf(inputs) {
  const hash = createHash("sha256")
  for (const path of inputs.flatMap((input) => filesOf(input)))
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
  return hash.digest("hex").slice(0, 16)
}

/** Every file below, in a fixed order, without tests and installed packages. */
function filesOf(path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  try {
    return readdirSync(full, { withFileTypes: true })
      .filter((entry) => entry.name !== "node_modules" && !/\.test\.tsx?$/.test(entry.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => (entry.isDirectory() ? filesOf(`${path}/${entry.name}`) : [`${path}/${entry.name}`]))
  } catch (error) {
    if (error.code === "ENOTDIR") return [path]
    throw error
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2)
  const unknown = named.filter((name) => !(name in parts))
  if (unknown.length > 0) {
    console.error(`No such part: ${unknown.join(", ")}. There are: ${Object.keys(parts).join(", ")}.`)
    process.exit(2)
  }
  await orSay(() => build(named.length > 0 ? named : undefined))
}
