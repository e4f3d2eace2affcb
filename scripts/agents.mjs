// Installs the real agents that the stories drive, once per lock file, into .cache/agents, and says where they are. Runs on Node 20.
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { access, constants, cp, mkdir, readFile, readdir, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const wanted = join(root, "tests/agents/real")
const cache = join(root, ".cache/agents")
const progressMillis = 5_000

/** Where the pinned `claude` is, whether or not it is there yet. `CORRAL_TEST_CLAUDE` names another one. */
export async function claudePath() {
  const named = process.env["CORRAL_TEST_CLAUDE"]
  if (named) return named
  const installed = join(cache, await lockHash(), "node_modules/@anthropic-ai")
  return join(installed, `claude-agent-sdk-${process.platform}-${process.arch}/claude`)
}

/** Installs what is missing; a second call finds it done. Fails with a message that names the next step. */
export async function installAgents() {
  const claude = await claudePath()
  if (await isExecutable(claude)) return { claude, installed: false }
  const hash = await lockHash()
  const making = join(cache, `${hash}.${process.pid}`)
  await mkdir(making, { recursive: true })
  for (const file of ["package.json", "package-lock.json", ".npmrc"]) await cp(join(wanted, file), join(making, file))
  const code = await withProgress(npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], making))
  if (code !== 0) {
    await rm(making, { recursive: true, force: true })
    throw new Error(`npm could not install the real agents (exit ${code}); check the network and run: node scripts/agents.mjs`)
  }
  await settle(making, join(cache, hash))
  if (!(await isExecutable(claude)))
    throw new Error(`No claude for ${process.platform}-${process.arch} at ${claude}; name one in CORRAL_TEST_CLAUDE`)
  return { claude, installed: true }
}

async function lockHash() {
  const lock = await readFile(join(wanted, "package-lock.json"))
  return createHash("sha256").update(lock).digest("hex").slice(0, 12)
}

function npm(args, cwd) {
  const cli = process.env["npm_execpath"]
  const [command, before] = cli?.endsWith(".js") ? [process.execPath, [cli]] : ["npm", []]
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...before, ...args], { cwd, stdio: ["ignore", "ignore", "inherit"] })
    child.once("error", reject)
    child.once("exit", (code) => resolve(code ?? 1))
  })
}

async function withProgress(work) {
  const began = Date.now()
  console.log("Installing the real agents for the tests, once (about 110 MB to fetch, 380 MB on disk) …")
  const timer = setInterval(() => console.log(`  still installing, ${Math.round((Date.now() - began) / 1000)} s`), progressMillis)
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}

/** Another run may have been faster: then its result stands. Older locks' agents are dropped. */
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
  installAgents()
    .then(({ claude, installed }) => console.log(`${installed ? "Installed" : "Already there"}: ${claude}`))
    .catch((error) => {
      console.error(error.message)
      process.exitCode = 1
    })
}
