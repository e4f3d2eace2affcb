// corral thread wait-on: a turn is shown as stalled, or its session over its memory limit, and somebody who knows better lets it go on.
import type { Command } from "commander"
import { short } from "../pick.ts"
import { paint } from "../print.ts"
import { withServer } from "../reach.ts"
import { give, verb, type Options } from "../verb.ts"
import { findThread } from "./find.ts"

export function waitOn(parent: Command): void {
  verb(parent, {
    words: "wait-on <thread>",
    about: "let a thread go on that is shown as stalled, or as over its memory limit",
    examples: ["corral thread wait-on thr_4f9k2m"],
  }).action((typed: string, options: Options) =>
    withServer(async (connection) => {
      const { threadId, title } = await findThread(connection, typed)
      await connection.call("waitOn", { threadId })
      give(options, { threadId }, () => [`waiting on for ${paint("bold", title)} ${paint("dim", short(threadId))}`])
    }),
  )
}
