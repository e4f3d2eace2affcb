// The rules bite: what each of them forbids is written down here and seen to be refused by the repository's own configuration.
import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { root } from "./files.ts"

/** Each file breaks exactly the rule it stands beside. */
const offences: readonly { readonly rule: string; readonly path: string; readonly text: string }[] = [
  { rule: "house(floors)", path: "apps/server/src/store/up.ts", text: `import { x } from "../engine/x.ts"\nexport const y = x\n` },
  { rule: "house(floors)", path: "apps/server/src/engine/side.ts", text: `import type { X } from "../provider/x.ts"\nexport type Y = X\n` },
  { rule: "house(floors)", path: "apps/server/src/runtime/roof.ts", text: `export { hands } from "../intents.ts"\n` },
  { rule: "house(floors)", path: "apps/server/src/terminal/peer.ts", text: `import { x } from "../runtime/x.ts"\nexport const y = x\n` },
  {
    rule: "house(borders)",
    path: "packages/domain/src/schema.ts",
    text: `import { Thread } from "@corral/contracts/thread"\nexport const x = Thread\n`,
  },
  { rule: "house(borders)", path: "apps/web/src/library.ts", text: `import * as Effect from "effect/Effect"\nexport const x = Effect\n` },
  {
    rule: "house(borders)",
    path: "apps/supervisor/src/knows.ts",
    text: `import { decide } from "@corral/domain/decide"\nexport const x = decide\n`,
  },
  { rule: "house(borders)", path: "apps/server/src/barrel.ts", text: `import { Effect } from "effect"\nexport const x = Effect\n` },
  { rule: "house(borders)", path: "apps/server/src/played.ts", text: `export { stage } from "./stage.test-support.ts"\n` },
  { rule: "house(borders)", path: "apps/cli/src/app.ts", text: `import { x } from "../../server/src/x.ts"\nexport const y = x\n` },
  {
    rule: "house(processes)",
    path: "apps/server/src/provider/start.ts",
    text: `import { spawn } from "node:child_process"\nexport const x = spawn\n`,
  },
  { rule: "house(processes)", path: "apps/cli/src/end.ts", text: `export const end = (pid: number) => process.kill(pid)\n` },
  { rule: "eslint(no-restricted-globals)", path: "packages/domain/src/clock.ts", text: `export const now = () => Date.now()\n` },
  { rule: "eslint(no-restricted-properties)", path: "packages/domain/src/chance.ts", text: `export const dice = () => Math.random()\n` },
  { rule: "import(no-default-export)", path: "apps/cli/src/default.ts", text: `export default 1\n` },
  { rule: "import(no-cycle)", path: "apps/cli/src/cycle.ts", text: `import { a } from "./cycle-two.ts"\nexport const b = () => a\n` },
  { rule: "oxc(no-barrel-file)", path: "apps/cli/src/barrel.ts", text: `export * from "./end.ts"\n` },
  { rule: "typescript(consistent-type-assertions)", path: "apps/cli/src/claim.ts", text: `export const x = (v: unknown) => v as string\n` },
  { rule: "typescript(no-explicit-any)", path: "apps/cli/src/loose.ts", text: `export const x = (v: any) => v\n` },
  { rule: "typescript(no-non-null-assertion)", path: "apps/cli/src/sure.ts", text: `export const x = (v: string | null) => v!.length\n` },
  { rule: "typescript(no-floating-promises)", path: "apps/cli/src/float.ts", text: `const p = async () => 1\np()\n` },
  {
    rule: "typescript(switch-exhaustiveness-check)",
    path: "apps/cli/src/gap.ts",
    text: `export function x(v: "a" | "b") {\n  switch (v) {\n    case "a":\n      return 1\n  }\n}\n`,
  },
  { rule: "eslint(max-params)", path: "apps/cli/src/params.ts", text: `export const x = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d]\n` },
  { rule: "eslint(max-lines)", path: "apps/cli/src/long.ts", text: `${"export {}\n".repeat(301)}` },
  {
    rule: "eslint(max-lines-per-function)",
    path: "apps/cli/src/lengthy.ts",
    text: `export function* x() {\n${"  yield 1\n".repeat(60)}}\n`,
  },
  { rule: "eslint(no-warning-comments)", path: "apps/cli/src/later.ts", text: `// ${"TO"}${"DO"} later\nexport const x = 1\n` },
  { rule: "unicorn(filename-case)", path: "apps/cli/src/camelCase.ts", text: `export const x = 1\n` },
]

const inPeace = `import { execFile } from "node:child_process"\nexport const x = { y: 1, run: execFile } as const\n`

describe("the lint rules", () => {
  const house = mkdtempSync(join(tmpdir(), "corral-house-"))
  let refused: ReadonlyMap<string, readonly string[]>

  beforeAll(() => {
    cpSync(join(root, ".oxlintrc.json"), join(house, ".oxlintrc.json"))
    cpSync(join(root, "tsconfig.base.json"), join(house, "tsconfig.base.json"))
    cpSync(join(root, "scripts/house"), join(house, "scripts/house"), { recursive: true })
    write("package.json", `{ "type": "module" }`)
    const projects = new Set(offences.map(({ path }) => path.split("/").slice(0, 2).join("/")))
    for (const project of projects)
      write(`${project}/tsconfig.json`, `{ "extends": "../../tsconfig.base.json", "include": ["src"], "compilerOptions": { "types": [] } }`)
    for (const { path, text } of offences) write(path, text)
    write("apps/cli/src/cycle-two.ts", `import { b } from "./cycle.ts"\nexport const a = () => b\n`)
    write("apps/supervisor/src/spawn.ts", inPeace)
    refused = lint()
  })

  afterAll(() => rmSync(house, { recursive: true }))

  it.each(offences)("$rule refuses $path", ({ rule, path }) => {
    expect(refused.get(path) ?? []).toContain(rule)
  })

  it("leave the supervisor its processes, and as const to all", () => {
    expect(refused.get("apps/supervisor/src/spawn.ts") ?? []).toEqual([])
  })

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(house, path)), { recursive: true })
    writeFileSync(join(house, path), text)
  }

  function lint(): ReadonlyMap<string, readonly string[]> {
    const oxlint = join(root, "node_modules/.bin/oxlint")
    const { stdout } = spawnSync(process.execPath, [oxlint, "--type-aware", "--format=json", "."], { cwd: house, encoding: "utf8" })
    const report: { readonly diagnostics: readonly { readonly filename: string; readonly code: string }[] } = JSON.parse(stdout)
    const byFile = Map.groupBy(report.diagnostics, ({ filename }) => filename.replace(/^\.\//, ""))
    return new Map([...byFile].map(([path, found]) => [path, found.map(({ code }) => code)]))
  }
})
