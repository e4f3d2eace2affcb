// corral thread unarchive: an archived thread comes back, asleep.
import type { Command } from "commander"
import { verb, type Options } from "../verb.ts"
import { change } from "./change.ts"

export function unarchive(parent: Command): void {
  verb(parent, {
    words: "unarchive <thread>",
    about: "take an archived thread back; it sleeps until a message wakes it",
    examples: ["corral thread unarchive thr_4f9k2m"],
  }).action((typed: string, options: Options) =>
    change(options, { typed, command: (threadId) => ({ _tag: "thread.unarchive", threadId }), done: "taken back" }),
  )
}
