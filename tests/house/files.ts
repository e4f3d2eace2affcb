// The repository's own files, as git knows them: what is committed and what is about to be.
import { execFileSync } from "node:child_process"
import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"

export const root = join(import.meta.dirname, "..", "..")

export interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string
  readonly text: string
}

export function filesOf(pattern: RegExp): SourceFile[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" })
  return listed
    .split("\0")
    .filter((path) => pattern.test(path) && statSync(join(root, path), { throwIfNoEntry: false })?.isFile())
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))
}

export const sources = filesOf(/^(apps|packages|scripts|tests)\/.*\.(ts|tsx|js|mjs)$/)
