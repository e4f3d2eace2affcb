// Command lines before and after.
import { describe, expect, it } from "vitest"
import { commandForPeople } from "./mask.ts"

describe("a command for people", () => {
  it.each([
    [["claude", "--api-key", "abc"], "claude --api-key ***"],
    [["claude", "--api-key=abc"], "claude --api-key=***"],
    [["x", "GITHUB_TOKEN=abc"], "x GITHUB_TOKEN=***"],
    [["x", "--header", "Authorization: Bearer abc.def"], "x --header Authorization: ***"],
    [["x", "--note", "it said Bearer abc"], "x --note it said Bearer ***"],
    [["x", "sk-ant-REDACTED"], "x ***"],
    [["x", "postgres://ada:secret@host/db"], "x postgres://***@host/db"],
    [["x", "https://host/sse?api_key=abc&x=1"], "x https://host/sse?api_key=***&x=1"],
    [["x", '{"env":{"K":"ghp_0123456789abcdefghij"}}'], 'x {"env":{"K":"***"}}'],
    [["sh", "-c", "cd /x; API_TOKEN=abc claude"], "sh -c cd /x; API_TOKEN=*** claude"],
    [["npm exec x --api-key abc"], "npm exec x --api-key ***"],
    [["x", "--header", "Authorization:", "Bearer", "abc"], "x --header Authorization: *** ***"],
    [["x", "X-Api-Key:", "abc"], "x X-Api-Key: ***"],
    [["x", "--password", "--verbose"], "x --password --verbose"],
  ])("has no secret: %j", (words, shown) => expect(commandForPeople(words)).toBe(shown))

  it("keeps what is none", () => {
    const words = ["claude", "--resume", "4f9a-22", "--max-tokens", "4096", "keyboard", "--mcp-config", "/a/b.json"]
    expect(commandForPeople(words)).toBe(words.join(" "))
  })

  it("tells long paths by their end, and is cut where it is long", () => {
    expect(commandForPeople(["/usr/bin/node", `/home/${"deep/".repeat(12)}pkg/cli.js`])).toBe("node …/pkg/cli.js")
    expect(commandForPeople(["x", "y ".repeat(500)])).toHaveLength(200)
  })
})
