// corral project rename.
import type { Command } from "commander"
import { order } from "../order.ts"
import { withServer } from "../reach.ts"
import { give, verb, type Options } from "../verb.ts"
import { findProject } from "./find.ts"

export function renameProject(parent: Command): void {
  verb(parent, {
    words: "rename <project> <name>",
    about: "give a project another name; its folder keeps its own",
    examples: ['corral project rename . "The app"'],
  }).action((typed: string, name: string, options: Options) =>
    withServer(async (connection) => {
      const project = await findProject(connection, typed)
      await order(connection, { _tag: "project.rename", projectId: project.projectId, name })
      give(options, { ...project, name }, () => [`renamed to ${name}`])
    }),
  )
}
