// Between packages: who may import whom, and whose imports must be types only (they are bundled where no library may come along).

/** `types`: imported as types only. Absent: not at all. The package's own package.json names the rest. */
const mayImport = {
  "packages/contracts": { all: [], types: [] },
  "packages/domain": { all: ["@corral/contracts/limits"], types: ["@corral/contracts"] },
  "packages/client": { all: ["@corral/contracts/limits", "@corral/domain"], types: ["@corral/contracts"] },
  "apps/supervisor": { all: ["@corral/contracts/limits"], types: ["@corral/contracts"] },
  "apps/practice": { all: ["@corral/contracts/limits"], types: [] },
  "apps/server": { all: ["@corral/contracts", "@corral/domain"], types: [] },
  "apps/web": { all: ["@corral/contracts/limits", "@corral/domain", "@corral/client"], types: ["@corral/contracts"] },
  "apps/cli": { all: ["@corral/contracts/limits", "@corral/domain", "@corral/client"], types: ["@corral/contracts"] },
}

/** These stay free of the library that the server stands on: they must start fast, or are sent to a browser. */
const withoutEffect = ["packages/domain", "packages/client", "apps/supervisor", "apps/practice", "apps/web", "apps/cli"]

const inWorkspace = /\/((?:packages|apps)\/[^/]+)\/src\//

export const borders = {
  create(context) {
    const from = inWorkspace.exec(context.filename)?.[1]
    if (from === undefined || /\.test(-support)?\.tsx?$/.test(context.filename)) return {}

    const check = (node) => {
      const target = node.source?.value
      if (typeof target !== "string") return
      const isType = node.importKind === "type" || node.exportKind === "type"
      const problem = problemOf(from, target, isType)
      if (problem) context.report({ node, message: problem })
    }
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check }
  },
}

function problemOf(from, target, isType) {
  const isEffect = target === "effect" || target.startsWith("effect/")
  if (target === "effect") return "import effect's modules, not its barrel: effect/Effect, effect/Schema"
  if (isEffect && withoutEffect.includes(from)) return `${from} does without effect`
  if (target.startsWith(".") && target.includes(`/src/`)) return `import the package by its name, not by a path into it (${target})`
  if (/\.test-support(\.tsx?)?$/.test(target)) return `only tests may import what supports tests (${target})`
  return target.startsWith("@corral/") ? problemAcross(from, target, isType) : undefined
}

function problemAcross(from, target, isType) {
  const allowed = mayImport[from]
  if (allowed === undefined) return `${from} has no borders: give it some in scripts/house/borders.js`
  const covers = (name) => target === name || target.startsWith(`${name}/`)
  if (allowed.all.some(covers)) return undefined
  if (!allowed.types.some(covers)) return `${from} may not import ${target}`
  return isType ? undefined : `${from} may import ${target} as types only`
}
