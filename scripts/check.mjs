// `npm run check`: format, lint, types, tests; or only those named: `node scripts/check.mjs lint types`.
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { modernNode, root, run, tool } from "./run.mjs"

const steps = {
  format: () => onModern("oxfmt", "--check", "."),
  lint: () => onModern("oxlint", "--type-aware", "."),
  types: checkTypes,
  tests: () => run(process.execPath, [join(root, "scripts", "test.mjs")]),
}

const named = process.argv.slice(2)
const unknown = named.filter((name) => !(name in steps))
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. There are: ${Object.keys(steps).join(", ")}.`)
  process.exit(2)
}

const failed = []
for (const name of named.length > 0 ? named : Object.keys(steps)) {
  const startedAt = performance.now()
  const code = await steps[name]()
  console.log(`${code === 0 ? "✓" : "✗"} ${name}  ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  if (code !== 0) failed.push(name)
}
if (failed.length > 0) console.error(`failed: ${failed.join(", ")}`)
process.exit(failed.length > 0 ? 1 : 0)

async function checkTypes() {
  const folders = ["packages", "apps"].flatMap((part) => readdirSync(join(root, part)).map((name) => join(part, name)))
  let worst = 0
  for (const folder of [...folders, "tests"]) {
    const projects = readdirSync(join(root, folder)).filter((name) => /^tsconfig.*\.json$/.test(name))
    for (const project of projects) worst = Math.max(worst, await onModern("tsc", "-p", join(folder, project)))
  }
  return worst
}

function onModern(name, ...args) {
  return run(modernNode(), [tool(name), ...args])
}
