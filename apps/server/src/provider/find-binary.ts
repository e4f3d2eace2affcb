// Where a program is on a PATH, or why it cannot be started.
import { accessSync, constants, statSync } from "node:fs"
import { isAbsolute, join } from "node:path"

export type Found =
  | { readonly path: string }
  | { readonly problem: "missing" }
  | { readonly problem: "not-executable"; readonly path: string }

/** `name` may be a path itself; then only that one is looked at. A link is not followed: what it points at may be no program by itself. */
export function findBinary(name: string, path: string): Found {
  const candidates = isAbsolute(name) ? [name] : path.split(":").map((folder) => join(folder, name))
  const files = candidates.filter(isFile)
  const able = files.find(isExecutable)
  if (able !== undefined) return { path: able }
  return files[0] === undefined ? { problem: "missing" } : { problem: "not-executable", path: files[0] }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
