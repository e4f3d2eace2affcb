// corral thread set: model, effort, mode, provider; live where the provider can, else by replacing the process.
import type { ProviderId } from "@corral/contracts/ids"
import type { Mode } from "@corral/contracts/provider"
import type { Command } from "commander"
import { usage } from "../failure.ts"
import { modeOption, providerOption } from "../option.ts"
import { verb, type Options } from "../verb.ts"
import { change } from "./change.ts"

interface SetOptions extends Options {
  readonly model?: string
  readonly effort?: string
  readonly mode?: Mode
  readonly provider?: ProviderId
}

/** Typed where a value is due, it stands for the provider's own choice. */
const ownChoice = "default"

export function set(parent: Command): void {
  verb(parent, {
    words: "set <thread>",
    about: "change a thread's model, effort, mode or provider, also while it runs",
    examples: ["corral thread set thr_4f9k2m --model opus --effort high", "corral thread set thr_4f9k2m --mode plan"],
  })
    .option("--model <model>", `a model of the provider, or "${ownChoice}"`)
    .option("--effort <effort>", `an effort of the model, or "${ownChoice}"`)
    .addOption(modeOption())
    .addOption(providerOption())
    .action((typed: string, options: SetOptions) => {
      const { model, effort, mode, provider } = options
      if ([model, effort, mode, provider].every((value) => value === undefined)) {
        throw usage("Say what to set: --model, --effort, --mode or --provider.")
      }
      const wanted = {
        ...(provider !== undefined && { provider }),
        ...(model !== undefined && { model: model === ownChoice ? null : model }),
        ...(effort !== undefined && { effort: effort === ownChoice ? null : effort }),
        ...(mode !== undefined && { mode }),
      }
      return change(options, {
        typed,
        command: (threadId) => ({ _tag: "thread.set", threadId, ...wanted }),
        done: ({ config }) => `${config.provider}, ${config.model ?? "own model"}, ${config.effort ?? "own effort"}, ${config.mode}:`,
      })
    })
}
