// A project gets another name; its folder keeps its own.
import type { Project, ProjectRenamed, RenameProject } from "@corral/contracts/project"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { nameProblem } from "../name.ts"
import { onProject } from "../on-project.ts"
import type { World } from "../state.ts"

export const decideRenameProject = (world: World, command: RenameProject): Decision =>
  onProject(world, command.projectId, (project) => {
    const problem = nameProblem(command.name)
    if (problem !== null) return reject("bad-name", `Project “${project.name}” cannot be renamed so: ${problem}. It keeps its name.`)
    const name = command.name.trim()
    return accept(name === project.name ? [] : [{ _tag: "project.renamed", projectId: project.projectId, name }])
  })

export const evolveProjectRenamed = (project: Project, event: ProjectRenamed): Project => ({ ...project, name: event.name })
