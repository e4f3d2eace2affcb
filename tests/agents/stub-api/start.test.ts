// The stub API over HTTP, as a client of the Messages API meets it.
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { listOf, parseJson, textOf } from "./json.ts"
import { startStub, type Stub } from "./start.ts"

let stub: Stub
beforeEach(async () => void (stub = await startStub({ port: 0 })))
afterEach(() => stub.close())

interface Asking {
  readonly stream?: boolean
  readonly tools?: readonly unknown[]
  readonly messages?: readonly unknown[]
  readonly signal?: AbortSignal
}

const ask = (prompt: string, { stream = true, tools = [{ name: "Bash" }], messages, signal }: Asking = {}) =>
  fetch(`${stub.url}/v1/messages?beta=true`, {
    method: "POST",
    body: JSON.stringify({
      model: "claude-test",
      stream,
      tools,
      output_config: { effort: "low" },
      messages: messages ?? [{ role: "user", content: prompt }],
    }),
    ...(signal === undefined ? {} : { signal }),
  })

const eventsOf = (text: string) =>
  text
    .split("\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => parseJson(line.slice("data: ".length)))

const streamed = async (response: Response) => eventsOf(await response.text())

describe("the stub API", () => {
  it("streams a scripted answer as server-sent events, with usage at its end", async () => {
    const events = await streamed(await ask("think: hm\nsay hello there\nusage 7 9"))
    const block = ["content_block_start", "content_block_delta", "content_block_delta", "content_block_stop"]
    expect(events.map((event) => event["type"])).toEqual(["message_start", ...block, ...block, "message_delta", "message_stop"])
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: "end_turn" }, usage: { input_tokens: 7, output_tokens: 9 } })
  })

  it("sends a tool's input in pieces that add up", async () => {
    const command = `echo ${"x".repeat(100)}`
    const events = await streamed(await ask(`tool: ${command}`))
    const pieces = events.flatMap((event) => listOf([event["delta"]])).map((delta) => textOf(delta["partial_json"]))
    expect(parseJson(pieces.join(""))).toMatchObject({ command })
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: "tool_use" } })
  })

  it("answers whole to a client that does not stream", async () => {
    const body: unknown = await (await ask("say hello", { stream: false })).json()
    expect(body).toMatchObject({ content: [{ type: "text", text: "hello" }], stop_reason: "end_turn" })
  })

  it("follows the last text of merged prompts and counts the tool results after it", async () => {
    const messages = [
      {
        role: "user",
        content: [
          { type: "text", text: "say old" },
          { type: "text", text: "<system-reminder>x</system-reminder>" },
          { type: "text", text: "tool: ls\nsay new" },
        ],
      },
      { role: "assistant", content: [{ type: "tool_use", id: "1", name: "Bash", input: {} }] },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "1", content: "say from a file" }] },
    ]
    expect(await (await ask("", { stream: false, messages })).json()).toMatchObject({ content: [{ text: "new" }] })
    expect(stub.requests).toMatchObject([{ prompt: "tool: ls\nsay new", toolsDone: 1, model: "claude-test", effort: "low" }])
  })

  it("gives requests without tools a fixed answer", async () => {
    expect(await (await ask("hang", { stream: false, tools: [] })).json()).toMatchObject({ content: [{ text: "stub side answer" }] })
    expect(stub.requests[0]?.aside).toBe(true)
  })

  it("answers an error with the API's own words", async () => {
    const response = await ask("error 529")
    expect(response.status).toBe(529)
    expect(await response.json()).toMatchObject({ error: { type: "overloaded_error" } })
  })

  it("hangs until it is released, and then ends the answer", async () => {
    const response = await ask("hang")
    const asked = await stub.asked((request) => request.prompt === "hang")
    expect(asked.closedAfter).toBe(null)
    expect(stub.hanging()).toBe(1)
    stub.release()
    expect((await streamed(response)).at(-1)).toEqual({ type: "message_stop" })
    expect(stub.hanging()).toBe(0)
  })

  it("notes that a client left in the middle of an answer", async () => {
    const controller = new AbortController()
    await ask("slow 100 20", { signal: controller.signal })
    const request = stub.requests[0]
    controller.abort()
    await expect.poll(() => request?.closedAfter).not.toBe(null)
    expect(request?.finished).toBe(false)
  })

  it("cuts the connection in the middle of an answer", async () => {
    await expect(ask("cut").then((response) => response.text())).rejects.toThrow()
  })

  it("counts tokens and says hello", async () => {
    const count = await fetch(`${stub.url}/v1/messages/count_tokens`, { method: "POST", body: "{}" })
    expect(await count.json()).toEqual({ input_tokens: 1 })
    expect((await fetch(`${stub.url}/api/hello`)).status).toBe(200)
    expect((await fetch(`${stub.url}/v1/models`)).status).toBe(200)
    expect((await fetch(`${stub.url}/nothing`)).status).toBe(404)
  })
})
