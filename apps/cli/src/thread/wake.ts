// corral thread wake: the agent is started without a message.
import type { Command } from "commander"
import { verb, type Options } from "../verb.ts"
import { change } from "./change.ts"

export function wake(parent: Command): void {
  verb(parent, {
    words: "wake <thread>",
    about: "start a thread's agent without a message, and let a held queue go on",
    examples: ["corral thread wake thr_4f9k2m"],
  }).action((typed: string, options: Options) =>
    change(options, { typed, command: (threadId) => ({ _tag: "runtime.wake", threadId }), done: ({ runtime }) => runtime.state }),
  )
}
