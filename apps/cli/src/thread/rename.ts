// corral thread rename.
import type { Command } from "commander"
import { verb, type Options } from "../verb.ts"
import { change } from "./change.ts"

export function renameThread(parent: Command): void {
  verb(parent, {
    words: "rename <thread> <title>",
    about: "give a thread another title",
    examples: ['corral thread rename thr_4f9k2m "Faster start"'],
  }).action((typed: string, title: string, options: Options) =>
    change(options, { typed, command: (threadId) => ({ _tag: "thread.rename", threadId, title }), done: "renamed to" }),
  )
}
