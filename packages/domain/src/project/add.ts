// A folder becomes a project.
import type { Millis } from "@corral/contracts/ids"
import type { AddProject, Project, ProjectAdded } from "@corral/contracts/project"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { nameProblem } from "../name.ts"
import type { Circumstances, World } from "../state.ts"

export const decideAddProject = (world: World, command: AddProject, { folder }: Circumstances): Decision => {
  if (world.project(command.projectId) !== undefined)
    return reject("duplicate-id", `There is a project ${command.projectId} already; it stays as it is.`)
  if (folder === null) return reject("bad-folder", `${command.path} was not looked at; no project was added.`)
  if ("problem" in folder) return reject("bad-folder", `${folder.problem} No project was added.`)
  const same = world.projects().find((project) => project.path === folder.path)
  if (same !== undefined)
    return reject("duplicate-project", `${folder.path} is project “${same.name}” (${same.projectId}) already; it stays as it is.`)
  const name = command.name ?? folderName(folder.path)
  const problem = nameProblem(name)
  if (problem !== null) return reject("bad-name", `A project cannot be named so: ${problem}. No project was added.`)
  return accept([{ _tag: "project.added", projectId: command.projectId, name: name.trim(), path: folder.path }])
}

export const evolveProjectAdded = (event: ProjectAdded, at: Millis): Project => ({
  projectId: event.projectId,
  name: event.name,
  path: event.path,
  addedAt: at,
})

const folderName = (path: string) => path.split(/[\\/]/).findLast((part) => part !== "") ?? path
