import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { client, type ClientContext, PROTOCOL_VERSION, type SessionUpdate } from "@agentclientprotocol/sdk"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { makeAgent } from "./agent.ts"

const home = mkdtempSync(join(tmpdir(), "corral-practice-unit-"))
let updates: SessionUpdate[] = []
let permissions: string[] = []
let optionId = "once"
let context: ClientContext

beforeAll(async () => {
  process.env["CORRAL_PRACTICE_HOME"] = home
  context = client({ name: "test" })
    .onNotification("session/update", ({ params }) => void updates.push(params.update))
    .onRequest("session/request_permission", ({ params }) => {
      permissions.push(params.toolCall.title ?? "")
      return { outcome: { outcome: "selected", optionId }, _meta: { "corral/text": "not today" } }
    })
    .connect(makeAgent()).agent
  await context.request("initialize", { protocolVersion: PROTOCOL_VERSION })
})
afterAll(() => rmSync(home, { recursive: true, force: true }))
beforeEach(() => {
  updates = []
  permissions = []
  optionId = "once"
})

const open = async (mode = "ask") => {
  const { sessionId } = await context.request("session/new", { cwd: home, mcpServers: [] })
  await context.request("session/set_mode", { sessionId, modeId: mode })
  await context.request("session/set_config_option", { sessionId, configId: "model", value: "quick" })
  return sessionId
}
const prompt = (sessionId: string, text: string) => context.request("session/prompt", { sessionId, prompt: [{ type: "text", text }] })
const texts = () =>
  updates
    .map((update) => (update.sessionUpdate === "agent_message_chunk" && update.content.type === "text" ? update.content.text : ""))
    .join("")
const told = () => JSON.stringify(updates)

describe("the practice agent", () => {
  it("writes a file inside the project after asking", async () => {
    await prompt(await open(), "write notes/a.txt one two")
    expect(permissions).toEqual(["notes/a.txt"])
    expect(readFileSync(join(home, "notes/a.txt"), "utf8")).toBe("one two\n")
  })

  it("writes without asking in mode edit, but asks before a command", async () => {
    await prompt(await open("edit"), "write b.txt x\nrun true")
    expect(permissions).toEqual(["true"])
  })

  it("writes nothing outside the project", async () => {
    await prompt(await open("full"), "write ../escaped.txt x")
    expect(told()).toContain("inside the project only")
    expect(() => readFileSync(join(home, "../escaped.txt"))).toThrow()
  })

  it("touches nothing in mode plan", async () => {
    await prompt(await open("plan"), "run touch planned\nwrite planned x")
    expect(permissions).toEqual([])
    expect(() => readFileSync(join(home, "planned"))).toThrow()
  })

  it("passes on what was said with a denial", async () => {
    optionId = "no"
    await prompt(await open(), "run touch denied")
    expect(told()).toContain("Denied: not today")
    expect(() => readFileSync(join(home, "denied"))).toThrow()
  })

  it("thinks aloud as its effort says", async () => {
    const sessionId = await open()
    await context.request("session/set_config_option", { sessionId, configId: "effort", value: "high" })
    await prompt(sessionId, "say done")
    expect(updates.filter((update) => update.sessionUpdate === "agent_thought_chunk").length).toBeGreaterThan(5)
  })

  it("refuses a mode or a model that it does not have", async () => {
    const sessionId = await open()
    await expect(context.request("session/set_mode", { sessionId, modeId: "yolo" })).rejects.toThrow()
    await expect(context.request("session/set_config_option", { sessionId, configId: "model", value: "gpt" })).rejects.toThrow()
  })

  it("ends a running command at once when the turn is cancelled", async () => {
    const sessionId = await open("full")
    const answer = prompt(sessionId, "run echo begun; sleep 60")
    while (!told().includes("begun")) await new Promise((resolve) => setImmediate(resolve))
    await context.notify("session/cancel", { sessionId })
    expect(await answer).toMatchObject({ stopReason: "cancelled" })
  })

  it.each([
    ["cancelled", (sessionId: string) => context.notify("session/cancel", { sessionId })],
    ["closed", (sessionId: string) => context.request("session/close", { sessionId })],
  ])("ends a turn whose session is %s right behind its prompt", async (_, end) => {
    const sessionId = await open("full")
    const answer = prompt(sessionId, "run sleep 60")
    await end(sessionId)
    expect(await answer).toMatchObject({ stopReason: "cancelled" })
  })

  it("remembers a session, and knows none that never was", async () => {
    const sessionId = await open()
    await prompt(sessionId, "say plugh")
    await context.request("session/close", { sessionId })
    await context.request("session/resume", { sessionId, cwd: home, mcpServers: [] })
    await prompt(sessionId, "recall")
    expect(texts()).toContain("say plugh")
    const unknown = "00000000-0000-4000-8000-000000000000"
    await expect(context.request("session/resume", { sessionId: unknown, cwd: home, mcpServers: [] })).rejects.toThrow()
    await expect(context.request("session/resume", { sessionId: "../../etc/passwd", cwd: home, mcpServers: [] })).rejects.toThrow()
  })

  it("tells its history again when it is loaded", async () => {
    const sessionId = await open()
    await prompt(sessionId, "say plugh")
    updates = []
    await context.request("session/load", { sessionId, cwd: home, mcpServers: [] })
    expect(told()).toContain("user_message_chunk")
  })
})
