// The check that verbs on a project begin with.
import type { ProjectId } from "@corral/contracts/ids"
import type { Project } from "@corral/contracts/project"
import type { Decision } from "./decision.ts"
import { reject } from "./decision.ts"
import type { World } from "./state.ts"

export const onProject = (world: World, projectId: ProjectId, verb: (project: Project) => Decision): Decision => {
  const project = world.project(projectId)
  return project === undefined ? reject("unknown-project", `There is no project ${projectId}; nothing was changed.`) : verb(project)
}
