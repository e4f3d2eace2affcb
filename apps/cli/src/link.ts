// corral link: signs one browser in, once.
import type { Command } from "commander"
import { withServer } from "./reach.ts"
import { give, verb, type Options } from "./verb.ts"

export function link(parent: Command): void {
  verb(parent, {
    words: "link",
    about: "print a link that signs one browser in, once, within ten minutes",
    examples: ["corral link"],
  }).action((options: Options) => withServer(async (connection) => give(options, await connection.call("link", {}), ({ url }) => [url])))
}
