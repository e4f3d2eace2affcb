// An MCP server over stdio for agents to start: `node mcp-server.ts polite | deaf-to-eof | deaf`. Deaf: to the end of stdin, TERM and INT.
import { createInterface } from "node:readline"
import { parseJson, isJson } from "./stub-api/json.ts"

const lifetimeMillis = 15 * 60_000
const kind = process.argv[2] ?? "polite"

const results = (method: unknown, params: unknown): unknown => {
  if (method === "initialize") {
    const protocolVersion = isJson(params) ? params["protocolVersion"] : undefined
    return { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "test", version: "1" } }
  }
  if (method === "tools/list")
    return { tools: [{ name: "ping", description: "Answers pong", inputSchema: { type: "object", properties: {} } }] }
  return method === "tools/call" ? { content: [{ type: "text", text: "pong" }] } : undefined
}

const answer = (line: string): void => {
  const { id, method, params } = parseJson(line)
  if (id === undefined) return
  const result = results(method, params)
  const rest = result === undefined ? { error: { code: -32601, message: "not known here" } } : { result }
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, ...rest })}\n`)
}

setTimeout(() => process.exit(0), lifetimeMillis)
if (kind === "deaf") for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => {})
process.stdout.on("error", () => {})
const input = createInterface({ input: process.stdin }).on("line", answer)
input.on("close", () => kind === "polite" && process.exit(0))
