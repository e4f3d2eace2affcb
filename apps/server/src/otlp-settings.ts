// Whether metrics leave this machine, and where to: only where the person has set OpenTelemetry's own variables. What cannot be used keeps no
// server from starting: these variables are often set for other programs too.

export interface OtlpTarget {
  readonly _tag: "to"
  readonly url: string
  readonly protocol: "http/protobuf" | "http/json"
  readonly headers: Readonly<Record<string, string>>
  readonly serviceName: string
  /** What the person says of this process, on every export. */
  readonly attributes: Readonly<Record<string, string>>
  readonly everyMillis: number
}

export type OtlpSettings = OtlpTarget | { readonly _tag: "off" } | { readonly _tag: "unusable"; readonly why: string }

/** As the specification has it. */
const defaults = { protocol: "http/protobuf", everyMillis: 60_000, serviceName: "corral" } as const
/** A shorter time would be a load of its own. */
const leastMillis = 100

type Environment = Readonly<Record<string, string | undefined>>

export const readOtlp = (env: Environment): OtlpSettings => {
  const given = forMetrics(env, "ENDPOINT")
  if (given === "" || isOff(env)) return { _tag: "off" }
  const url = urlIn(env)
  if (url === null) return unusable(`“${given}” is not an address that begins with http:// or https://`)
  const protocol = forMetrics(env, "PROTOCOL") || defaults.protocol
  if (protocol !== "http/protobuf" && protocol !== "http/json")
    return unusable(`the protocol is “${protocol}”; set OTEL_EXPORTER_OTLP_METRICS_PROTOCOL to http/protobuf or http/json`)
  return {
    _tag: "to",
    url,
    protocol,
    headers: pairs(forMetrics(env, "HEADERS")),
    serviceName: env["OTEL_SERVICE_NAME"] || defaults.serviceName,
    attributes: pairs(env["OTEL_RESOURCE_ATTRIBUTES"]),
    everyMillis: Math.max(leastMillis, Number(env["OTEL_METRIC_EXPORT_INTERVAL"]) || defaults.everyMillis),
  }
}

/** What is said of metrics goes above what is said of everything. Empty is as if it were not there. */
const forMetrics = (env: Environment, name: string): string =>
  env[`OTEL_EXPORTER_OTLP_METRICS_${name}`] || env[`OTEL_EXPORTER_OTLP_${name}`] || ""

const isOff = (env: Environment): boolean =>
  env["OTEL_SDK_DISABLED"]?.toLowerCase() === "true" || env["OTEL_METRICS_EXPORTER"]?.trim() === "none"

const unusable = (why: string): OtlpSettings => ({ _tag: "unusable", why })

/** The one for metrics is taken as it is; the one for everything has a path for each kind below it. */
const urlIn = (env: Environment): string | null => {
  const own = env["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"]
  const all = env["OTEL_EXPORTER_OTLP_ENDPOINT"]
  const url = URL.parse(own || `${(all ?? "").replace(/\/+$/, "")}/v1/metrics`)
  return url !== null && ["http:", "https:"].includes(url.protocol) ? url.href : null
}

/** `name=value,name=value`, percent-encoded; what is no such pair is left out. */
const pairs = (text = ""): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split(",").flatMap((pair) => {
      const at = pair.indexOf("=")
      const name = pair.slice(0, Math.max(0, at)).trim()
      return name === "" ? [] : [[name, decoded(pair.slice(at + 1).trim())]]
    }),
  )

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
