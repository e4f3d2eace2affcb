// Command lines as they are seen on real machines.
import { describe, expect, it } from "vitest"
import { recognise } from "./recognise.ts"

const named = (line: string, executable: string | null = null) => {
  const found = recognise(line.split(" "), executable)
  return found && `${found.kind} ${found.name}`
}

describe("a coding agent is known by the program that is run", () => {
  it.each([
    ["claude", "claude"],
    ["claude --resume 4f9 --output-format stream-json", "claude"],
    ["/home/ada/.local/bin/claude -p hello", "claude"],
    ["node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js", "claude"],
    ["node --max-old-space-size=8192 -r /x/hook.js /opt/bin/claude", "claude"],
    ["/ext/anthropic.claude-code-2.0.1/resources/native-binary/claude --verbose", "claude"],
    ["npx -y @anthropic-ai/claude-code@latest", "claude"],
    ["/bin/sh /tmp/x/claude", "claude"],
    ["codex exec fix", "codex"],
    ["node /usr/bin/codex app-server", "codex"],
    ["/usr/lib/node_modules/@openai/codex/vendor/x86_64/codex/codex app-server", "codex"],
    ["node --no-warnings=DEP0040 /usr/local/bin/gemini --acp", "gemini"],
    ["opencode serve --port 0", "opencode"],
    ["/home/ada/.local/bin/cursor-agent --use-system-ca /home/ada/.local/share/cursor-agent/index.js", "cursor-agent"],
    ["/usr/bin/python3 /home/ada/.local/bin/aider --model x", "aider"],
    ["python -m aider", "aider"],
    ["goose session", "goose"],
    ["goose", "goose"],
    ["bun run /x/node_modules/opencode-ai/bin/opencode", "opencode"],
    ["env FOO=1 qwen", "qwen"],
    ["amp", "amp"],
    ["copilot --allow-all", "copilot"],
    ["crush", "crush"],
  ])("%s", (line, name) => expect(named(line)).toBe(`agent ${name}`))

  it("or by its file, where that is named after its version", () => {
    expect(named("2.1.330 --resume", "/home/ada/.local/share/claude/versions/2.1.330")).toBe("agent claude")
  })
})

describe("an MCP server is known by `mcp` as a word of its name", () => {
  it.each([
    ["npx -y @modelcontextprotocol/server-filesystem /home/ada", "server-filesystem"],
    ["npm exec @modelcontextprotocol/server-github", "server-github"],
    ["node /x/node_modules/@modelcontextprotocol/server-memory/dist/index.js", "server-memory"],
    ["node /x/node_modules/.bin/mcp-server-filesystem /home", "mcp-server-filesystem"],
    ["node /x/node_modules/@playwright/mcp/cli.js --headless", "mcp"],
    ["npx @playwright/mcp@latest", "mcp"],
    ["uvx mcp-server-git --repository .", "mcp-server-git"],
    ["uv tool run mcp-server-fetch", "mcp-server-fetch"],
    ["uv run --directory /x/y weather-mcp", "weather-mcp"],
    ["python3 -m mcp_server_time", "mcp_server_time"],
    ["/usr/local/bin/github-mcp-server stdio", "github-mcp-server"],
    ["node /home/ada/src/weather-mcp/build/index.js", "weather-mcp"],
    ["figma-developer --mcp", "figma-developer"],
    ["claude mcp serve", "claude"],
    ["codex mcp-server", "codex"],
    ["goose mcp developer", "goose"],
  ])("%s", (line, name) => expect(named(line)).toBe(`mcp ${name}`))
})

describe("what only speaks of them is none", () => {
  it.each([
    "vim claude.md",
    "code /home/ada/claude.md",
    "grep -r claude .",
    "grep -- --mcp notes",
    "tail -f codex.log",
    "tail -f /var/log/mcp.log",
    "less mcp-server.js",
    "node /home/ada/claude/server.js",
    "node /home/ada/claude/index.js",
    "python3 train.py --name claude",
    "bash -c claude --version",
    "sh -c npx some-mcp",
    "ssh host claude",
    "/home/ada/gemini/bin/tool",
    "node /x/node_modules/claude-colours/index.js",
    "/Applications/Claude.app/Contents/MacOS/Claude",
    "goose up",
    "goose postgres status",
    "mcpd-like --x",
    "node /x/tests/mcp/node_modules/vite/bin/vite.js",
    "git clone https://example.org/some-mcp",
    "node",
    "node -e claude",
    "",
  ])("%s", (line) => expect(named(line)).toBeNull())
})
