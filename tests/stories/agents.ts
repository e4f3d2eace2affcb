// The agents as a story's server finds them on its PATH: wrappers that take hold of the oracle's pipe and become the real program.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { claudePath } from "../../scripts/agents.mjs"

/** A file descriptor that neither shells nor agents use for themselves. */
const heldFd = 9

export interface Agents {
  /** First on the PATH of the story's server. */
  readonly bin: string
  /** Puts another program in the place of `claude`. */
  readonly replaceClaude: (script: string) => void
  /** Puts the real one (back) in its place. */
  readonly realClaude: () => Promise<void>
  /** What a command has to begin with to be held where no wrapper did it. */
  readonly hold: string
}

/**
 * Claude's runtime closes what it inherited before it starts a child, so its shells take hold of the pipe anew: by BASH_ENV, and by
 * .bashrc, which bash reads instead where its input is a socket.
 */
export const installAgents = async (folder: string, person: string, pipe: string): Promise<Agents> => {
  const bin = join(folder, "bin")
  const hold = `exec ${heldFd}>'${pipe}'`
  const rc = join(person, ".bashrc")
  mkdirSync(bin)
  writeFileSync(rc, `${hold}\n`)
  // A login shell on Debian starts its PATH anew; the person's own profile puts the folder back, as people's profiles do.
  writeFileSync(join(person, ".profile"), `PATH='${bin}':"$PATH"\n`)
  const write = (script: string) => {
    writeFileSync(join(bin, "claude"), script)
    chmodSync(join(bin, "claude"), 0o755)
  }
  const real = await claudePath()
  const realClaude = async () => write(`#!/bin/sh\n${hold}\nexport BASH_ENV='${rc}'\nexec '${real}' "$@"\n`)
  await realClaude()
  return { bin, hold, replaceClaude: write, realClaude }
}

/** An MCP server in the person's own configuration of Claude, which holds the pipe too. */
export const configureMcp = (person: string, servers: Readonly<Record<string, string>>): void => {
  const mcpServers = Object.fromEntries(
    Object.entries(servers).map(([name, shell]) => [name, { type: "stdio", command: "/bin/sh", args: ["-c", shell], env: {} }]),
  )
  writeFileSync(join(person, ".claude.json"), JSON.stringify({ mcpServers, hasCompletedOnboarding: true }))
}
