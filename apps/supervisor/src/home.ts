// CORRAL_HOME as the supervisor uses it: a folder of one user alone, with a socket, a lock and a ledger in it.
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { mintInstall } from "./token.ts"

/** The kernel's room for the name of a socket, less the NUL at its end; macOS has four less. */
const maxSocketPathBytes = process.platform === "darwin" ? 103 : 107

export interface Home {
  readonly folder: string
  readonly socket: string
  readonly lock: string
  readonly ledger: string
  /** Whom a watcher ended by itself, until the sweep has told it. */
  readonly struck: string
  /** Names this home in every token it gives out; outlives the ledger, so that its processes are known without it. */
  readonly install: number
}

/** Makes what is missing. A text: why this cannot be a home. Whoever can enter the folder could ask us, so it is closed to others. */
export function openHome(path: string): Home | string {
  const folder = resolve(path)
  const socket = join(folder, "supervisor.sock")
  const length = Buffer.byteLength(socket)
  if (length > maxSocketPathBytes) {
    return `CORRAL_HOME is too long: ${socket} has ${length} bytes, and a socket's name may have ${maxSocketPathBytes}. Choose a shorter folder.`
  }
  try {
    mkdirSync(join(folder, "supervisor"), { recursive: true, mode: 0o700 })
    const owner = statSync(folder).uid
    if (owner !== process.getuid?.()) return `CORRAL_HOME ${folder} belongs to another user (${owner}): Corral runs only in its own folder.`
    chmodSync(folder, 0o700)
    return {
      folder,
      socket,
      lock: join(folder, "supervisor", "lock"),
      ledger: join(folder, "supervisor", "ledger.jsonl"),
      struck: join(folder, "supervisor", "struck"),
      install: readInstall(folder),
    }
  } catch (error) {
    return `CORRAL_HOME ${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}`
  }
}

function readInstall(folder: string): number {
  const file = join(folder, "supervisor", "install")
  const kept = read(file)
  if (kept !== null) return kept
  try {
    writeFileSync(file, `${mintInstall()}\n`, { flag: "wx", mode: 0o600, flush: true })
  } catch (error) {
    if (read(file) === null) throw error
  }
  const minted = read(file)
  if (minted === null) throw new Error(`${file} does not hold a number`)
  return minted
}

function read(file: string): number | null {
  try {
    const text = readFileSync(file, "latin1")
    return /^\d{1,10}\n$/.test(text) ? Number(text) : null
  } catch {
    return null
  }
}
