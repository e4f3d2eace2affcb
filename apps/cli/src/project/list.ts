// corral project list.
import type { Command } from "commander"
import { short } from "../pick.ts"
import { paint, table } from "../print.ts"
import { withServer } from "../reach.ts"
import { give, verb, type Options } from "../verb.ts"

export function listProjects(parent: Command): void {
  verb(parent, {
    words: "list",
    about: "list projects",
    examples: ["corral project list", "corral project list --json"],
  }).action((options: Options) =>
    withServer(async (connection) => {
      give(options, await connection.call("projects", {}), (projects) => {
        if (projects.length === 0) return [paint("dim", "no projects; next: corral project add DIR")]
        return table(
          projects.map(({ projectId, name, path }) => [
            { text: short(projectId), style: "dim" },
            { text: name, style: "bold" },
            { text: path },
          ]),
        )
      })
    }),
  )
}
