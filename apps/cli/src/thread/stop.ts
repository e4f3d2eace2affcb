// corral thread stop: the processes go, the thread stays and wakes with the next message.
import type { Command } from "commander"
import { verb, type Options } from "../verb.ts"
import { putAway } from "./put-away.ts"

export function stopThread(parent: Command): void {
  verb(parent, {
    words: "stop <thread...>",
    about: "stop the processes of threads, a running turn with them; the next message wakes them again",
    examples: ["corral thread stop thr_4f9k2m"],
  }).action((typed: string[], options: Options) =>
    putAway(options, { typed, command: (threadId) => ({ _tag: "runtime.stop", threadId }), done: "stopped" }),
  )
}
