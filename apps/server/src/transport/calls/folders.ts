// Folders inside a folder, for choosing a project.
import { readdir, realpath, stat } from "node:fs/promises"
import { homedir } from "node:os"
import { dirname, isAbsolute, join } from "node:path"
import type { Calls } from "@corral/contracts/rpc"
import * as Effect from "effect/Effect"
import { refuse, type Refused } from "../refusal.ts"

/** More are not scrolled through by anybody; the path can be typed. */
const maxFolders = 1000

type Given = Calls["folders"]["gives"]

export const listFolders = (path: string | null): Effect.Effect<Given, Refused> => {
  const wanted = path ?? homedir()
  if (!isAbsolute(wanted)) return Effect.fail(refuse("BadPayload", `${wanted} is not an absolute path.`))
  return Effect.tryPromise({ try: () => list(wanted), catch: () => refuse("NotFound", `${wanted} is not a folder that can be read.`) })
}

/** Hidden folders are left out: projects are hardly ever there. */
const list = async (wanted: string): Promise<Given> => {
  const path = await realpath(wanted)
  const entries = await readdir(path, { withFileTypes: true })
  const named = entries.filter((entry) => !entry.name.startsWith(".") && (entry.isDirectory() || entry.isSymbolicLink()))
  const some = named.toSorted((a, b) => a.name.localeCompare(b.name)).slice(0, maxFolders)
  const found = await Promise.all(some.map(({ name }) => folderAt(name, join(path, name))))
  return { path, parent: dirname(path) === path ? null : dirname(path), folders: found.filter((folder) => folder !== undefined) }
}

const folderAt = async (name: string, path: string): Promise<Given["folders"][number] | undefined> => {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) return undefined
  const git = await stat(join(path, ".git")).then(
    () => true,
    () => false,
  )
  return { name, path, git }
}
