// Whether Claude Code still has a conversation: resuming one that it has forgotten would end its process at start.
import { existsSync, readdirSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"

/** Its transcripts lie by project folder, but are found from any of them. */
export function remembers(sessionId: string, env: Readonly<Record<string, string>>): boolean {
  if (!/^[0-9a-f-]{36}$/i.test(sessionId)) return false
  const projects = join(env["CLAUDE_CONFIG_DIR"] ?? join(env["HOME"] ?? homedir(), ".claude"), "projects")
  try {
    return readdirSync(projects).some((project) => existsSync(join(projects, project, `${sessionId}.jsonl`)))
  } catch {
    return false
  }
}
