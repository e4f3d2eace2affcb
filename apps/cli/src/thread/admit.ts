// corral thread admit: a thread waits in line, and somebody wants it awake now.
import type { Command } from "commander"
import { short } from "../pick.ts"
import { paint } from "../print.ts"
import { withServer } from "../reach.ts"
import { give, verb, type Options } from "../verb.ts"
import { findThread } from "./find.ts"

export function admit(parent: Command): void {
  verb(parent, {
    words: "admit <thread>",
    about: "start a thread now that waits in line, though memory is short or as many are awake as may be",
    examples: ["corral thread admit thr_4f9k2m"],
  }).action((typed: string, options: Options) =>
    withServer(async (connection) => {
      const { threadId, title, admission } = await findThread(connection, typed)
      await connection.call("admit", { threadId })
      const done = admission === undefined ? "it did not wait in line" : "starting"
      give(options, { threadId }, () => [`${done}: ${paint("bold", title)} ${paint("dim", short(threadId))}`])
    }),
  )
}
