// `npm run setup`: installs what is missing and builds what is stale; both `npm start` and `npm test` begin with it.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "./build.mjs"
import { orSay, root, run, withProgress } from "./run.mjs"

/** Says nothing where there is nothing to do. Throws with a message that names the next step. */
export async function setup() {
  if (!isInstalled()) await withProgress("installing what Corral needs (about 250 MB to fetch, 600 MB on disk)", install)
  await build()
}

/** Whether node_modules holds what package-lock.json asks for, as npm itself has noted there. */
function isInstalled() {
  const asked = packagesOf(join(root, "package-lock.json"))
  const there = packagesOf(join(root, "node_modules", ".package-lock.json"))
  return Object.entries(asked).every(([path, wanted]) => {
    if (!path.includes("node_modules/") || wanted.link) return true
    const found = there[path]
    if (found === undefined) return wanted.optional === true // of another platform
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages
  } catch {
    return {}
  }
}

async function install() {
  const code = await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
  if (code !== 0) throw new Error(`npm could not install (exit ${code}). Check the network, then try again: npm run setup`)
}

function npm(args) {
  const self = process.env.npm_execpath
  return self?.endsWith(".js") ? run(process.execPath, [self, ...args]) : run("npm", args)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await orSay(setup)
