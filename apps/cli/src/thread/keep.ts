// corral thread keep: a thread's processes stay awake though nothing needs them.
import { type Command, Option } from "commander"
import { spanOption } from "../option.ts"
import { verb, type Options } from "../verb.ts"
import { change } from "./change.ts"

interface KeepOptions extends Options {
  readonly for?: number
  readonly release?: true
}

export function keep(parent: Command): void {
  verb(parent, {
    words: "keep <thread>",
    about: "keep a thread awake until it is released, or for a time",
    examples: ["corral thread keep thr_4f9k2m --for 2h", "corral thread keep thr_4f9k2m --release"],
  })
    .addOption(spanOption("--for <time>", "until so long from now: 30m, 2h, 1d"))
    .addOption(new Option("--release", "let it sleep again when it is idle").conflicts("for"))
    .action((typed: string, options: KeepOptions) =>
      change(options, {
        typed,
        command: (threadId) => ({ _tag: "runtime.keep", threadId, until: until(options) }),
        done: options.release ? "released" : "kept awake",
      }),
    )
}

function until(options: KeepOptions): number | null {
  if (options.release) return null
  return options.for === undefined ? 0 : Date.now() + options.for
}
