// Which variables are Claude Code's own: they decide about its login, its API and its behaviour, and must reach it.
import type { Environment } from "../environment.ts"

const names = new Set(["IS_SANDBOX", "API_TIMEOUT_MS", "MAX_THINKING_TOKENS", "MCP_TIMEOUT", "MCP_TOOL_TIMEOUT", "MAX_MCP_OUTPUT_TOKENS"])
const prefixes = ["ANTHROPIC_", "CLAUDE_", "DISABLE_", "BASH_DEFAULT_", "BASH_MAX_"]
/** Of a session that this server was itself started from; a new session has its own. */
const ofAnotherSession = new Set([
  "CLAUDECODE",
  "CLAUDE_PID",
  "CLAUDE_EFFORT",
  "CLAUDE_AGENT_SDK_VERSION",
  "CLAUDE_CODE_ENTRYPOINT",
  "CLAUDE_CODE_SESSION_ID",
  "CLAUDE_CODE_CHILD_SESSION",
  "CLAUDE_CODE_SSE_PORT",
  "CLAUDE_CODE_EXECPATH",
  "CLAUDE_CODE_SDK_READS_SESSION_STATE",
])
/** A cloud's credentials belong to Claude Code only where it uses that cloud. */
const clouds: readonly { readonly uses: string; readonly prefixes: readonly string[] }[] = [
  { uses: "CLAUDE_CODE_USE_BEDROCK", prefixes: ["AWS_"] },
  { uses: "CLAUDE_CODE_USE_VERTEX", prefixes: ["GOOGLE_", "GCLOUD_", "CLOUD_ML_", "VERTEX_"] },
  { uses: "CLAUDE_CODE_USE_FOUNDRY", prefixes: ["AZURE_"] },
]

export function isClaudesOwn(name: string, all: Environment): boolean {
  if (ofAnotherSession.has(name)) return false
  if (names.has(name) || prefixes.some((prefix) => name.startsWith(prefix))) return true
  return clouds.some((cloud) => isSet(all[cloud.uses]) && cloud.prefixes.some((prefix) => name.startsWith(prefix)))
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== "" && value !== "0" && value !== "false"

/** What every Claude gets from us, whoever configured what. */
export const givenByUs: Readonly<Record<string, string>> = {
  // The exact signal of busy and idle.
  CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: "1",
  // Its runtime then takes its children with it when it dies.
  BUN_FEATURE_FLAG_NO_ORPHANS: "1",
  DISABLE_AUTOUPDATER: "1",
}
