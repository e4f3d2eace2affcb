// Finds the browser that the tests drive, or installs Debian's where that is possible.
import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"
import { run, withProgress } from "./run.mjs"

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

/** Its path. `CORRAL_TEST_CHROMIUM` names one. Throws with a message that names the next step. */
export async function chromium() {
  const found = process.env.CORRAL_TEST_CHROMIUM || find(names)
  if (found) return found
  const apt = aptGet()
  if (apt) await withProgress("installing Debian's chromium for the browser tests", () => install(apt))
  const installed = find(names)
  if (installed) return installed
  throw new Error("The browser tests need Chromium: install it, or name one in CORRAL_TEST_CHROMIUM, then: npm test")
}

/** As a command with its first arguments; undefined where there is none, or nobody may use it without a password. */
function aptGet() {
  const apt = find(["apt-get"])
  const sudo = find(["sudo"])
  if (!apt) return undefined
  if (process.getuid?.() === 0) return [apt]
  return sudo ? [sudo, "-n", apt] : undefined
}

async function install(apt) {
  const quiet = { stdio: ["ignore", "ignore", "inherit"], env: { DEBIAN_FRONTEND: "noninteractive" } }
  const [command, ...rest] = apt
  await run(command, [...rest, "update"], quiet)
  await run(command, [...rest, "install", "-y", "--no-install-recommends", "chromium"], quiet)
}

function find(programs) {
  const folders = (process.env.PATH ?? "").split(delimiter)
  return programs.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
