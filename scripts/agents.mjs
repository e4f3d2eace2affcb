// Installs the real agents that the stories drive, once per lock file, into .cache/agents, and says where they are. Runs on Node 20.
import { createHash } from "node:crypto"
import { access, constants, cp, mkdir, readFile, readdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { orSay, root, run, withProgress } from "./run.mjs"

const wanted = join(root, "tests/agents/real")
const cache = join(root, ".cache/agents")

/** Where the pinned `claude` is, whether or not it is there yet. `CORRAL_TEST_CLAUDE` names another one. */
export async function claudePath() {
  const installed = join(cache, await lockHash(), "node_modules/@anthropic-ai")
  return process.env["CORRAL_TEST_CLAUDE"] || join(installed, `claude-agent-sdk-${process.platform}-${process.arch}/claude`)
}

/** Installs what is missing; a second call finds it done. Throws with a message that names the next step. */
export async function installAgents() {
  const claude = await claudePath()
  if (await isExecutable(claude)) return { claude, installed: false }
  await withProgress("installing the real agents for the tests, once (about 175 MB to fetch, 365 MB on disk)", install)
  if (await isExecutable(claude)) return { claude, installed: true }
  throw new Error(`No claude for ${process.platform}-${process.arch} at ${claude}. Name one in CORRAL_TEST_CLAUDE.`)
}

async function install() {
  const hash = await lockHash()
  const making = join(cache, `${hash}.${process.pid}`)
  await mkdir(making, { recursive: true })
  for (const file of ["package.json", "package-lock.json", ".npmrc"]) await cp(join(wanted, file), join(making, file))
  const code = await npm(["ci", "--prefix", making, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
  if (code === 0) return settle(making, join(cache, hash))
  await rm(making, { recursive: true, force: true })
  throw new Error(`npm could not install the real agents (exit ${code}). Check the network, then try again: node scripts/agents.mjs`)
}

function npm(args) {
  const cli = process.env.npm_execpath
  const quiet = { stdio: ["ignore", "ignore", "inherit"] }
  return cli?.endsWith(".js") ? run(process.execPath, [cli, ...args], quiet) : run("npm", args, quiet)
}

async function lockHash() {
  const lock = await readFile(join(wanted, "package-lock.json"))
  return createHash("sha256").update(lock).digest("hex").slice(0, 12)
}

/** Another run may have been faster: then its result stands. Agents of older locks are dropped. */
async function settle(making, place) {
  await rename(making, place).catch(() => rm(making, { recursive: true, force: true }))
  for (const name of await readdir(cache)) {
    const [, hash, maker] = /^([0-9a-f]{12})(?:\.(\d+))?$/.exec(name) ?? []
    const isUsed = maker === undefined ? join(cache, name) === place : isAlive(Number(maker))
    if (hash !== undefined && !isUsed) await rm(join(cache, name), { recursive: true, force: true })
  }
}

/** A half-made install belongs to the process in its name, as long as that lives. */
function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function isExecutable(path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await orSay(async () => console.log((await installAgents()).claude))
}
