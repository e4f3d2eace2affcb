// corral thread archive: threads are put away, and nothing of them runs any more.
import type { Command } from "commander"
import { verb, type Options } from "../verb.ts"
import { putAway } from "./put-away.ts"

export function archive(parent: Command): void {
  verb(parent, {
    words: "archive <thread...>",
    about: "put threads away: their processes are stopped, the conversations kept; says so when it is proved",
    examples: ["corral thread archive thr_4f9k2m", "corral thread archive 4f9 8c2 71x --json"],
  }).action((typed: string[], options: Options) =>
    putAway(options, { typed, command: (threadId) => ({ _tag: "thread.archive", threadId }), done: "archived" }),
  )
}
