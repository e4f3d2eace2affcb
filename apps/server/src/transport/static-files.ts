// Serves the built app from its folder: right types, no way out of the folder, hashed files for ever, the page itself asked for each time.
import { hash } from "node:crypto"
import { readFile, realpath, stat } from "node:fs/promises"
import { extname, join, sep } from "node:path"

/** The build writes what it names by content here. */
const hashedFolder = "/assets/"
/** Nothing that is built is larger; what is, does not belong here. */
const maxFileBytes = 16 * 1024 * 1024

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
  ".map": "application/json; charset=utf-8",
}

export interface Found {
  readonly body: Buffer
  readonly type: string
  readonly etag: string
  readonly cacheControl: string
}

/** A path without a file is a place in the app, and gets its page; one that looks like a file is not found. */
export const findFile = async (root: string, path: string): Promise<Found | undefined> => {
  const wanted = safePath(path)
  if (wanted === undefined) return undefined
  const found = await fileAt(root, wanted)
  if (found !== undefined || extname(wanted) !== "") return found
  return fileAt(root, "/index.html")
}

/** Undefined: not a path that we would have written. */
const safePath = (path: string): string | undefined => {
  try {
    const decoded = decodeURIComponent(path)
    const isOdd = decoded.includes("\0") || decoded.includes("\\") || decoded.split("/").some((part) => part.startsWith("."))
    return isOdd || !decoded.startsWith("/") ? undefined : decoded
  } catch {
    return undefined
  }
}

const fileAt = async (root: string, path: string): Promise<Found | undefined> => {
  try {
    const folder = await realpath(root)
    const file = await realpath(join(folder, path))
    if (!file.startsWith(folder + sep)) return undefined
    const found = await stat(file)
    if (!found.isFile() || found.size > maxFileBytes) return undefined
    const body = await readFile(file)
    const cacheControl = path.startsWith(hashedFolder) ? "public, max-age=31536000, immutable" : "no-cache"
    return {
      body,
      type: types[extname(file)] ?? "application/octet-stream",
      etag: `"${hash("sha256", body, "base64url").slice(0, 27)}"`,
      cacheControl,
    }
  } catch {
    return undefined
  }
}
