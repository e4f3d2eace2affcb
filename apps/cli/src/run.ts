// corral run: any command under the same containment as an agent, in this terminal, with or without a server.
import { resolve } from "node:path"
import type { Command } from "commander"
import { exitCodes } from "./failure.ts"
import { home } from "./home.ts"
import { runSupervisor } from "./launch.ts"
import { sizeOption, spanOption, tierOption } from "./option.ts"

interface RunOptions {
  readonly idle?: number
  readonly memory?: number
  readonly certificate?: string
  readonly tier?: string
}

export function run(parent: Command): void {
  parent
    .command("run")
    .description("run any command so that nothing it starts outlives it; its exit code is kept, no server is needed")
    .addOption(spanOption("--idle <time>", "end it when nothing of it has worked for so long"))
    .addOption(sizeOption("--memory <size>", "end it when all of it together holds more: 500M, 2G"))
    .addOption(tierOption("how it is contained (default: token)"))
    .option("--certificate <file>", "keep the record of its end as JSON")
    .argument("<command...>", "the command with its arguments, after --")
    .passThroughOptions()
    .addHelpText("after", `\nExamples:\n  $ corral run -- npm test\n  $ corral run --idle 30m --memory 4G -- claude -p "fix the build"`)
    .action(async (command: readonly string[], { idle, memory, certificate, tier }: RunOptions) => {
      const limits = [
        ...(idle === undefined ? [] : ["--idle-millis", String(idle)]),
        ...(memory === undefined ? [] : ["--memory-bytes", String(memory)]),
        ...(certificate === undefined ? [] : ["--certificate", resolve(certificate)]),
      ]
      const code = await runSupervisor(["run", "--home", home(), ...limits, "--", ...command], tier)
      process.exitCode = code ?? exitCodes.failed
    })
}
