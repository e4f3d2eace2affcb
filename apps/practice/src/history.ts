// What a session remembers, in one small file each: what was chosen and what was said to it.
import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"

/** Older prompts are forgotten: a file must not grow for ever. */
const maxPrompts = 500

const home = (): string => process.env["CORRAL_PRACTICE_HOME"] ?? join(homedir(), ".cache", "corral-practice")

const fileOf = (sessionId: string): string => join(home(), `${sessionId}.json`)

const isSessionId = (text: string): boolean => /^[0-9a-f-]{36}$/.test(text)

export async function remember(sessionId: string, prompts: readonly string[]): Promise<void> {
  await mkdir(home(), { recursive: true, mode: 0o700 })
  const file = fileOf(sessionId)
  await writeFile(`${file}.new`, JSON.stringify(prompts.slice(-maxPrompts)), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** Null: there is no such session. */
export async function remembered(sessionId: string): Promise<string[] | null> {
  if (!isSessionId(sessionId)) return null
  const text = await readFile(fileOf(sessionId), "utf8").catch(() => null)
  if (text === null) return null
  const prompts: unknown = JSON.parse(text)
  return Array.isArray(prompts) ? prompts.filter((prompt) => typeof prompt === "string") : []
}
