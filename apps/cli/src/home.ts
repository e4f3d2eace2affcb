// CORRAL_HOME: where this install keeps its state, and what its server has written there about itself.
import { readFileSync } from "node:fs"
import { homedir } from "node:os"
import { join, resolve } from "node:path"

/** As the server writes it when it is ready. */
export interface ServerFile {
  readonly pid: number
  readonly address: string
  readonly version: string
  readonly startedAt: number
}

export function home(): string {
  const named = process.env["CORRAL_HOME"]
  return named ? resolve(named) : join(homedir(), ".corral")
}

/** Undefined: no server has been ready here, or the last one ended in peace. That it still lives is another question. */
export function readServerFile(): ServerFile | undefined {
  const text = readText("server.json")
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isServerFile(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function readToken(): string | undefined {
  return readText("token")?.trim()
}

export function serverLog(): string {
  return join(home(), "logs", "server.log")
}

function readText(name: string): string | undefined {
  try {
    return readFileSync(join(home(), name), "utf8")
  } catch {
    return undefined
  }
}

function isServerFile(value: unknown): value is ServerFile {
  return (
    typeof value === "object" &&
    value !== null &&
    "pid" in value &&
    Number.isInteger(value.pid) &&
    "address" in value &&
    typeof value.address === "string"
  )
}
