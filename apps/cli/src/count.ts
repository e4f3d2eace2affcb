// corral count: one number.
import type { Command } from "commander"
import { withServer } from "./reach.ts"
import { give, verb, type Options } from "./verb.ts"

export function count(parent: Command): void {
  verb(parent, {
    words: "count",
    about: "print how many processes Corral's sessions have; strays belong to none: --json counts them apart",
    examples: ["corral count", "corral count --json"],
  }).action((options: Options) =>
    withServer(async (connection) => give(options, await connection.call("count", {}), ({ processes }) => [String(processes)])),
  )
}
