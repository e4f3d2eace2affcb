// corral thread delete: threads go for good, and their processes before them.
import type { Command } from "commander"
import { verb, type Options } from "../verb.ts"
import { putAway } from "./put-away.ts"

export function deleteThread(parent: Command): void {
  verb(parent, {
    words: "delete <thread...>",
    about: "delete threads for good: their processes are stopped, their conversations dropped",
    examples: ["corral thread delete thr_4f9k2m"],
  }).action((typed: string[], options: Options) =>
    putAway(options, { typed, command: (threadId) => ({ _tag: "thread.delete", threadId }), done: "deleted" }),
  )
}
