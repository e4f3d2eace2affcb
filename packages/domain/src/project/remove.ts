// Corral forgets a folder: every thread of the project is deleted, the folder itself is not touched.
import type { RemoveProject } from "@corral/contracts/project"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onProject } from "../on-project.ts"
import type { World } from "../state.ts"
import { deletionOf } from "../thread/delete.ts"

export const decideRemoveProject = (world: World, command: RemoveProject): Decision =>
  onProject(world, command.projectId, ({ projectId }) => {
    const deletions = world.threadsOf(projectId).map(deletionOf)
    return accept(
      [...deletions.flatMap((deletion) => deletion.events), { _tag: "project.removed", projectId }],
      deletions.flatMap((deletion) => deletion.intents),
    )
  })
