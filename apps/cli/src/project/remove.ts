// corral project remove: the project and its threads go, its folder stays.
import type { Command } from "commander"
import { Failure } from "../failure.ts"
import { order } from "../order.ts"
import { counted } from "../print.ts"
import { proofLines, requireGone, withProof } from "../proof.ts"
import { withServer } from "../reach.ts"
import { allThreads } from "../thread/find.ts"
import { give, verb, type Options } from "../verb.ts"
import { findProject } from "./find.ts"

interface RemoveOptions extends Options {
  readonly yes?: true
}

export function remove(parent: Command): void {
  verb(parent, {
    words: "remove <project>",
    about: "remove a project from Corral and delete its threads; the folder is not touched",
    examples: ["corral project remove prj_4f9k2m --yes"],
  })
    .option("--yes", "also where it has threads, whose conversations are lost")
    .action((typed: string, options: RemoveOptions) =>
      withServer(async (connection) => {
        const { projectId, name } = await findProject(connection, typed)
        const active = await allThreads(connection, "active", projectId)
        const threads = [...active, ...(await allThreads(connection, "archived", projectId))]
        if (threads.length > 0 && !options.yes) {
          throw new Failure(
            "Unconfirmed",
            `${name} has ${counted(threads.length, "thread")}, which would be deleted. Next: the same with --yes`,
          )
        }
        const ids = threads.map(({ threadId }) => threadId)
        const certificates = await withProof(connection, ids, () => order(connection, { _tag: "project.remove", projectId }))
        give(options, { projectId, name, threads: ids, certificates }, () => [
          `removed ${name} and ${counted(ids.length, "thread")}`,
          ...proofLines(certificates),
        ])
        requireGone(certificates)
      }),
    )
}
