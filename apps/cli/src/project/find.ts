// The project that was meant by what was typed: its id, or its folder.
import { realpathSync, statSync } from "node:fs"
import type { Connection } from "@corral/client/connect"
import type { Project } from "@corral/contracts/project"
import { notFound } from "../failure.ts"
import { pick } from "../pick.ts"

export async function findProject(connection: Connection, typed: string): Promise<Project> {
  const projects = await connection.call("projects", {})
  const path = folderOf(typed)
  const byFolder = projects.find((project) => project.path === path)
  if (byFolder !== undefined) return byFolder
  if (path !== undefined && typed.includes("/")) throw notFound(`The folder ${path} is no project yet. Next: corral project add ${typed}`)
  const pickable = projects.map((project) => ({ id: project.projectId, name: project.path, project }))
  return pick("project", pickable, typed).project
}

/** Where the typed text is a folder that exists, its one true name. */
export function folderOf(typed: string): string | undefined {
  try {
    return statSync(typed).isDirectory() ? realpathSync(typed) : undefined
  } catch {
    return undefined
  }
}
