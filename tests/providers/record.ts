// Writes down what goes over an agent's line, for replaying it without the agent: `CORRAL_RECORD=<folder> vitest run tests/providers`.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fixtureName } from "@corral/server/src/provider/claude/replay.test-support.ts"
import type { HeldAgent } from "@corral/server/src/provider/conformance-talk.ts"

interface Recording {
  readonly folder: string
  readonly test: string
  /** Of this machine and run; replaced by what a stranger would have. */
  readonly private: Readonly<Record<string, string>>
}

/** Long lists that no adapter reads. */
const dropped = new Set([
  "commands",
  "agents",
  "slash_commands",
  "skills",
  "plugins",
  "tools",
  "capabilities",
  "mcp_servers",
  "available_output_styles",
])
/** Measured times and the like: noise in every new recording. */
const noise = /_ms$|^(subagent_stats|usage_report|owed_rows|memory_paths|fast_mode_disabled_reason)$/

/** What a next server is told again is written down once. */
export function record(agent: HeldAgent, recording: Recording): HeldAgent {
  mkdirSync(recording.folder, { recursive: true })
  const file = join(recording.folder, fixtureName(recording.test))
  writeFileSync(file, "")
  const note = (entry: object) => appendFileSync(file, `${withoutPrivate(JSON.stringify(entry), recording.private)}\n`)
  let noted = 0
  return {
    detach: agent.detach,
    attach: async () => {
      const line = await agent.attach()
      return {
        ...line,
        write: (lines, bookmark) => {
          for (const text of lines) note({ to: trimmed(text) })
          return line.write(lines, bookmark)
        },
        onLine: (listener) =>
          line.onLine((text, n) => {
            if (n > noted) note({ from: trimmed(text) })
            noted = Math.max(noted, n)
            listener(text, n)
          }),
        onExit: (listener) =>
          line.onExit((exit) => {
            note({ exit })
            listener(exit)
          }),
      }
    },
  }
}

const trimmed = (text: string): unknown =>
  JSON.parse(text, (key, value: unknown) => (dropped.has(key) ? [] : noise.test(key) ? undefined : value))

const withoutPrivate = (text: string, replaced: Recording["private"]): string =>
  Object.entries(replaced).reduce((sofar, [secret, shown]) => sofar.replaceAll(secret, shown), text)
