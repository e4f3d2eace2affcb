// How every command is declared: its words, its --json, its examples in --help, and how its answer is printed.
import type { Command } from "commander"
import { say, sayJson } from "./print.ts"

export interface Spoken {
  readonly words: string
  readonly about: string
  readonly examples: readonly string[]
}

/** A command below `parent`, with `--json` and its examples. */
export function verb(parent: Command, { words, about, examples }: Spoken): Command {
  return parent
    .command(words)
    .description(about)
    .option("--json", "print one JSON value (streams: one a line) and nothing else")
    .addHelpText("after", `\nExamples:\n${examples.map((example) => `  $ ${example}`).join("\n")}`)
}

export interface Options {
  readonly json?: true
}

/** The one answer of a command: as JSON, or in lines for a person. */
export function give<T>(options: Options, value: T, lines: (value: T) => readonly string[]): void {
  if (options.json) sayJson(value)
  else say(...lines(value))
}
