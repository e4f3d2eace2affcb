// corral project add: a folder becomes a project.
import { resolve } from "node:path"
import type { Connection } from "@corral/client/connect"
import { newId } from "@corral/client/ids"
import type { Project } from "@corral/contracts/project"
import type { Command } from "commander"
import { Failure } from "../failure.ts"
import { order } from "../order.ts"
import { short } from "../pick.ts"
import { paint } from "../print.ts"
import { withServer } from "../reach.ts"
import { give, verb, type Options } from "../verb.ts"

interface AddOptions extends Options {
  readonly name?: string
}

export function add(parent: Command): void {
  verb(parent, {
    words: "add <folder>",
    about: "make a folder a project",
    examples: ["corral project add .", "corral project add ~/src/app --name App"],
  })
    .option("--name <name>", "default: the folder's own")
    .action((folder: string, options: AddOptions) =>
      withServer(async (connection) => {
        const project = await addProject(connection, resolve(folder), options.name ?? null)
        give(options, project, () => [`${paint("bold", project.name)}  ${project.path}  ${paint("dim", short(project.projectId))}`])
      }),
    )
}

/** The server makes the path canonical and has the last word on whether it is a folder. */
export async function addProject(connection: Connection, path: string, name: string | null): Promise<Project> {
  const projectId = newId("prj")
  await order(connection, { _tag: "project.add", projectId, path, name })
  const added = (await connection.call("projects", {})).find((project) => project.projectId === projectId)
  if (added === undefined) throw new Failure("NotFound", `The project ${path} was added and removed again meanwhile.`)
  return added
}
