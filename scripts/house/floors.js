// Inside the server imports go down: never sideways, never up. A file's floor is read from its folder; type imports count too.
import { dirname, relative, resolve } from "node:path"

// terminal, checkpoint and workspace have a floor before they have a file: they are planned.
const floorOf = { store: 1, supervisor: 1, engine: 2, provider: 2, runtime: 3, terminal: 3, checkpoint: 3, workspace: 3, transport: 4 }
const inServer = /^(.*\/apps\/server\/src)\/(.+)$/

export const floors = {
  create(context) {
    const [, source, path] = inServer.exec(context.filename) ?? []
    if (path === undefined || !path.includes("/")) return {} // the roof (files directly in src/) sees all
    const from = path.split("/")[0]

    const check = (node) => {
      const target = node.source?.value
      if (typeof target !== "string" || !target.startsWith(".")) return
      const to = relative(source, resolve(dirname(context.filename), target)).split("/")[0]
      const problem = problemOf(from, to)
      if (problem) context.report({ node, message: problem })
    }
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check }
  },
}

function problemOf(from, to) {
  if (to === from) return undefined
  const here = floorOf[from]
  if (here === undefined) return `${from}/ has no floor: give it one in scripts/house/floors.js`
  const there = floorOf[to]
  if (there === undefined) return `${from}/ (floor ${here}) may not import the roof (${to}): nobody looks up there`
  if (there >= here) return `${from}/ (floor ${here}) may not import ${to}/ (floor ${there}): imports go down`
  return undefined
}
