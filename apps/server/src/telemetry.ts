// Sends the metrics to where the person wants them, by OTLP over HTTP; without such an address nothing is counted and nothing is sent.
import { version } from "@corral/contracts/version"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as OtlpMetrics from "effect/observability/OtlpMetrics"
import * as OtlpSerialization from "effect/observability/OtlpSerialization"
import type { OtlpSettings, OtlpTarget } from "./otlp-settings.ts"
import { countMetrics } from "./runtime/count.ts"

/** Whoever takes longer has nothing of it. */
const sendMillis = 10_000
/** What was counted last goes out at the end; nobody waits longer for the server to leave. */
const partingTime = "1 second"

export class Telemetry extends Context.Service<
  Telemetry,
  {
    /** Why metrics do not arrive, in a sentence with the next step; null: they do, or are not wanted. */
    readonly problem: () => string | null
  }
>()("corral/Telemetry") {
  static readonly layer = (settings: OtlpSettings) => {
    if (settings._tag === "off") return Layer.succeed(Telemetry, { problem: () => null })
    if (settings._tag === "unusable") return Layer.succeed(Telemetry, { problem: () => `Metrics are not sent: ${settings.why}.` })
    const post = new Post(settings.url)
    return Layer.mergeAll(Layer.succeed(Telemetry, { problem: () => post.problem }), countMetrics, exporter(settings, post))
  }
}

/** The environment was read by us already: what is malformed in it must not end the server. */
const exporter = ({ url, headers, protocol, serviceName, attributes, everyMillis }: OtlpTarget, post: Post) =>
  OtlpMetrics.layer({
    url,
    headers,
    exportInterval: everyMillis,
    shutdownTimeout: partingTime,
    resource: { serviceName, serviceVersion: version, attributes },
  }).pipe(
    Layer.provide(protocol === "http/json" ? OtlpSerialization.layerJson : OtlpSerialization.layerProtobuf),
    Layer.provide(FetchHttpClient.layer),
    Layer.provide(Layer.succeed(FetchHttpClient.Fetch, post.fetch)),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({}))),
  )

/** Remembers whether the last export arrived. Headers may hold a secret: they are in no sentence. */
class Post {
  readonly #url: string
  problem: string | null = null

  constructor(url: string) {
    this.#url = url
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const signals = [AbortSignal.timeout(sendMillis), init?.signal].filter((signal) => signal !== null && signal !== undefined)
    try {
      // Where the person said, and nowhere else.
      const response = await fetch(input, { ...init, redirect: "error", signal: AbortSignal.any(signals) })
      this.problem = response.ok ? null : this.#sentence(`it answered ${response.status}`)
      return response
    } catch (cause) {
      // The end of the server interrupts an export: that is no problem of its receiver.
      if (init?.signal?.aborted !== true) this.problem = this.#sentence(causeOf(cause))
      throw cause
    }
  }

  #sentence(why: string): string {
    return `Metrics could not be sent to ${new URL(this.#url).origin}: ${why}. It is tried again within two minutes; nothing counted is lost meanwhile.`
  }
}

const causeOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause instanceof Error ? cause.cause.message : cause.message
}
