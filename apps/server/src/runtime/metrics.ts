// Every metric that Corral counts, by its name, unit and attributes: the list of docs/metrics.md. Names are for ever, as those of events are.
import * as Metric from "effect/Metric"

const counter = (name: string, unit: string, description: string) =>
  Metric.counter(name, { description, bigint: true, incremental: true, attributes: { unit } })
const gauge = (name: string, unit: string, description: string) => Metric.gauge(name, { description, bigint: true, attributes: { unit } })

/** In seconds: from an agent that leaves at once to the longest ladder. */
const durations = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16]

export const metrics = {
  trees: gauge("corral.trees", "{tree}", "Process trees that host a session, by the state of its runtime"),
  memory: gauge("corral.memory", "By", "Memory that all trees held at the last look"),
  strays: gauge("corral.strays", "{process}", "Processes that outlived their session, at the last look"),
  waiting: gauge("corral.waiting", "{thread}", "Threads that wait in line until they may wake"),
  wakes: counter("corral.wakes", "{wake}", "Agents that were started for a session"),
  stops: counter("corral.stops", "{stop}", "Stops that were proved or found stuck, by their certificates"),
  freed: counter("corral.freed", "By", "Memory that stops gave back, by their certificates"),
  stopDuration: Metric.histogram("corral.stop.duration", {
    description: "From the first rung of a stop to its proof",
    boundaries: durations,
    attributes: { unit: "s" },
  }),
} as const
