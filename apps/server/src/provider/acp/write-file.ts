// Agents write files through us although we do not offer it (opencode does): done inside the session's folder, refused elsewhere.
import { RequestError, type WriteTextFileRequest } from "@agentclientprotocol/sdk"
import { mkdir, realpath, writeFile } from "node:fs/promises"
import { dirname, isAbsolute, relative, resolve } from "node:path"

export async function writeAgentFile(cwd: string, { path, content }: WriteTextFileRequest): Promise<void> {
  const target = resolve(cwd, path)
  const root = await realpath(cwd)
  if (!isInside(cwd, target)) throw RequestError.invalidParams({ path }, "files are written inside the session's folder only")
  await mkdir(dirname(target), { recursive: true })
  // A link inside the folder may lead out of it.
  const folder = await realpath(dirname(target))
  const file = await realpath(target).catch(() => target)
  if (!isInside(root, folder) || (file !== target && !isInside(root, file))) {
    throw RequestError.invalidParams({ path }, "this path leads out of the session's folder")
  }
  await writeFile(target, content)
}

const isInside = (folder: string, path: string): boolean => {
  const way = relative(folder, path)
  return !way.startsWith("..") && !isAbsolute(way)
}
