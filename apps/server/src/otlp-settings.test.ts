// What OpenTelemetry's variables say, and that without them nothing is sent.
import { describe, expect, it } from "vitest"
import { readOtlp } from "./otlp-settings.ts"

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318/" }

describe("metrics", () => {
  it.each([
    ["nothing is said", {}],
    ["only other things are said", { OTEL_SERVICE_NAME: "x", OTEL_METRICS_EXPORTER: "otlp", OTEL_EXPORTER_OTLP_HEADERS: "a=b" }],
    ["the address is empty", { OTEL_EXPORTER_OTLP_ENDPOINT: "" }],
    ["telemetry is disabled", { ...endpoint, OTEL_SDK_DISABLED: "true" }],
    ["metrics are to go nowhere", { ...endpoint, OTEL_METRICS_EXPORTER: "none" }],
  ])("stay here where %s", (_, env) => {
    expect(readOtlp(env)).toEqual({ _tag: "off" })
  })

  it("go to the address for everything, on the path for metrics, as the specification says", () => {
    expect(readOtlp(endpoint)).toEqual({
      _tag: "to",
      url: "http://127.0.0.1:4318/v1/metrics",
      protocol: "http/protobuf",
      headers: {},
      serviceName: "corral",
      attributes: {},
      everyMillis: 60_000,
    })
  })

  it("go to the address for metrics as it is, with what else is said of them", () => {
    const env = {
      ...endpoint,
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "https://collector.example/in",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20abc, x-team = blue,broken,half=%zz",
      OTEL_RESOURCE_ATTRIBUTES: "host.name=one",
      OTEL_SERVICE_NAME: "mine",
      OTEL_METRIC_EXPORT_INTERVAL: "5000",
    }
    expect(readOtlp(env)).toEqual({
      _tag: "to",
      url: "https://collector.example/in",
      protocol: "http/json",
      headers: { authorization: "Bearer abc", "x-team": "blue", half: "%zz" },
      serviceName: "mine",
      attributes: { "host.name": "one" },
      everyMillis: 5000,
    })
  })

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4317" }, /collector:4317.* is not an address/],
    [{ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, /grpc.*http\/protobuf or http\/json/],
  ])("that cannot be sent as it is said keep no server from starting: %j", (env, why) => {
    expect(readOtlp(env)).toEqual({ _tag: "unusable", why: expect.stringMatching(why) })
  })
})
