// Metrics by OpenTelemetry: a real server tells a real stop to a receiver on this machine, and only where it was told to.
import { createServer, type IncomingHttpHeaders } from "node:http"
import { describe, expect } from "vitest"
import { within } from "../agents/deadline.ts"
import { isJson } from "../agents/stub-api/json.ts"
import { practice } from "./kinds.ts"
import { open, story } from "./story.ts"
import { converse, order, threadWhen } from "./talk.ts"

const waitMillis = 15_000

interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/** Takes whatever is posted to it. */
const startReceiver = async () => {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let text = ""
    request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk))
    request.on("end", () => {
      received.push({ path: request.url ?? "", headers: request.headers, body: JSON.parse(text) })
      response.setHeader("content-type", "application/json").end("{}")
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, port, received, close }
}

/** `name {attributes}` and the number that stands there, of the last export. */
const figures = (received: readonly Received[]): Readonly<Record<string, unknown>> => {
  const metrics = listAt(received.at(-1)?.body, "resourceMetrics").flatMap((resource) =>
    listAt(resource, "scopeMetrics").flatMap((scope) => listAt(scope, "metrics")),
  )
  return Object.fromEntries(metrics.flatMap(pointsOf))
}

const pointsOf = (metric: unknown): readonly (readonly [string, unknown])[] => {
  const kind = at(metric, "sum") ?? at(metric, "gauge") ?? at(metric, "histogram")
  return listAt(kind, "dataPoints").map((point) => {
    const attributes = listAt(point, "attributes").flatMap((one) =>
      at(one, "key") === "unit" ? [] : [String(at(at(one, "value"), "stringValue"))],
    )
    return [[String(at(metric, "name")), ...attributes].join(" "), at(point, "asInt") ?? at(point, "count")]
  })
}

const at = (value: unknown, key: string): unknown => (isJson(value) ? value[key] : undefined)
const listAt = (value: unknown, key: string): readonly unknown[] => {
  const found = at(value, key)
  return Array.isArray(found) ? found : []
}

describe("metrics", () => {
  story("tell a stop once, with its reason, what it freed and how long it took, to whom the environment names", async ({ scene }) => {
    const receiver = await startReceiver()
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_HEADERS: "x-key=secret",
      OTEL_METRIC_EXPORT_INTERVAL: "200",
    }
    const { corral, client, threadId } = await open(scene, practice, env)
    await converse(client, threadId, "say ready")
    const seen = () => figures(receiver.received)
    await expect.poll(() => seen()["corral.trees idle"], { timeout: waitMillis }).toBe(1)
    expect(seen()).toMatchObject({ "corral.wakes practice": 1, "corral.trees busy": 0 })
    await order(client, { _tag: "runtime.stop", threadId })
    await threadWhen(client, threadId, { what: "the sleep", fits: ({ runtime }) => runtime.state === "asleep" })
    await expect.poll(() => seen()["corral.stops stop gone practice"], { timeout: waitMillis }).toBe(1)
    const freed = Number(seen()["corral.freed stop gone practice"])
    expect(freed).toBeGreaterThan(1_000_000)
    expect(seen()).toMatchObject({ "corral.stop.duration stop gone practice": 1, "corral.trees idle": 0 })

    // The last count goes out with the server.
    await converse(client, threadId, "say again")
    await corral.stop()
    expect(seen()).toMatchObject({
      "corral.stops stop gone practice": 1,
      "corral.stops shutdown gone practice": 1,
      "corral.wakes practice": 2,
    })
    for (const { path, headers } of receiver.received) expect([path, headers["x-key"]]).toEqual(["/v1/metrics", "secret"])
    expect(JSON.stringify(receiver.received)).not.toContain(scene.project)
    expect(JSON.stringify(receiver.received)).not.toContain(threadId)
    await receiver.close()
  })

  story("that nobody takes are a problem that the status tells, and delay no stop and no end", async ({ scene }) => {
    const receiver = await startReceiver()
    await receiver.close()
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_METRIC_EXPORT_INTERVAL: "200" }
    const { corral, client, threadId } = await open(scene, practice, env)
    const problems = async () => (await client.call("status", {})).problems
    await expect.poll(problems, { timeout: waitMillis }).toEqual([expect.stringContaining(`could not be sent to ${receiver.url}: `)])
    await converse(client, threadId, "say ready")
    await order(client, { _tag: "thread.archive", threadId })
    await scene.quiet(waitMillis)
    await within(corral.stop(), { what: "the server's end", withinMillis: waitMillis })
  })
})
