// How a folder that is to become a project is found on this machine.
import { access, constants, realpath, stat } from "node:fs/promises"
import { isAbsolute } from "node:path"
import type { Circumstances } from "@corral/domain/state"
import * as Effect from "effect/Effect"

type Found = NonNullable<Circumstances["folder"]>

/** Symbolic links are resolved, so that one folder is one project. */
export const inspectFolder = (path: string): Effect.Effect<Found> =>
  Effect.promise(async () => {
    if (!isAbsolute(path)) return { problem: `${path || "An empty path"} is not an absolute path.` }
    try {
      const canonical = await realpath(path)
      if (!(await stat(canonical)).isDirectory()) return { problem: `${path} is not a folder.` }
      await access(canonical, constants.R_OK | constants.X_OK)
      return { path: canonical }
    } catch (cause) {
      return { problem: problemOf(path, cause) }
    }
  })

const sentences: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "is not a folder",
  EACCES: "cannot be read by Corral's user",
  EPERM: "cannot be read by Corral's user",
  ELOOP: "is a symbolic link that leads to itself",
  ENAMETOOLONG: "is too long for a path",
}

const problemOf = (path: string, cause: unknown): string => {
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "an unknown error"
  return `${path} ${sentences[code] ?? `cannot be read (${code})`}.`
}
