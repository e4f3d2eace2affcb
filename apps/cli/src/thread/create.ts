// corral thread new: a thread in a project; nothing runs until it gets a message.
import type { Connection } from "@corral/client/connect"
import { newId } from "@corral/client/ids"
import type { ProviderId } from "@corral/contracts/ids"
import type { Project } from "@corral/contracts/project"
import type { Mode } from "@corral/contracts/provider"
import type { Command } from "commander"
import { Failure } from "../failure.ts"
import { modeOption, providerOption } from "../option.ts"
import { order } from "../order.ts"
import { paint } from "../print.ts"
import { addProject } from "../project/add.ts"
import { findProject, folderOf } from "../project/find.ts"
import { withServer } from "../reach.ts"
import { give, verb, type Options } from "../verb.ts"

interface CreateOptions extends Options {
  readonly project: string
  readonly provider?: ProviderId
  readonly model?: string
  readonly effort?: string
  readonly mode?: Mode
  readonly title?: string
}

export function create(parent: Command): void {
  verb(parent, {
    words: "new",
    about: "open a thread; a folder that is no project yet becomes one",
    examples: [
      "corral thread new --project . --provider claude",
      'corral thread new --project ~/src/app --mode plan --title "Faster start"',
    ],
  })
    .requiredOption("--project <project>", "a project's id, or a folder")
    .addOption(providerOption())
    .option("--model <model>", "a model of the provider (default: its own choice)")
    .option("--effort <effort>", "an effort of the model (default: its own choice)")
    .addOption(modeOption().default("ask"))
    .option("--title <title>", "default: made from the first message")
    .action((options: CreateOptions) =>
      withServer(async (connection) => {
        const { projectId } = await projectOf(connection, options.project)
        const threadId = newId("thr")
        const provider = options.provider ?? (await usableProvider(connection))
        const config = { provider, model: options.model ?? null, effort: options.effort ?? null, mode: options.mode ?? "ask" }
        await order(connection, { _tag: "thread.create", threadId, projectId, title: options.title ?? null, config })
        const thread = await connection.call("thread", { threadId })
        give(options, thread, () => [threadId, paint("dim", `${provider}, ${config.mode}; next: corral send ${threadId} "…" --wait`)])
      }),
    )
}

async function projectOf(connection: Connection, typed: string): Promise<Project> {
  const path = folderOf(typed)
  if (path === undefined) return findProject(connection, typed)
  const projects = await connection.call("projects", {})
  return projects.find((project) => project.path === path) ?? addProject(connection, path, null)
}

/** The first one that can be used now, in the server's own order. */
async function usableProvider(connection: Connection): Promise<ProviderId> {
  const providers = await connection.call("providers", { refresh: false })
  const usable = providers.find(({ problem }) => problem === null)
  if (usable !== undefined) return usable.provider
  const problems = providers.map(({ name, problem }) => `  ${name}: ${problem?.message ?? ""} ${problem?.next ?? ""}`)
  throw new Failure("provider-unavailable", ["No agent can be used:", ...problems].join("\n"))
}
