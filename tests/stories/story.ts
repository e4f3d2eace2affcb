// A test with a world of its own. At its end the world is taken down, and the test fails if anything of it stays.
import { test } from "vitest"
import type { ProjectId, ThreadId } from "@corral/contracts/ids"
import type { Connection } from "@corral/client/connect"
import type { Corral } from "./corral.ts"
import type { Kind } from "./kinds.ts"
import { makeScene, type Scene } from "./scene.ts"
import { addProject, createThread } from "./talk.ts"

export const story = test.extend<{ readonly scene: Scene }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern which fixtures this one needs: none
  scene: async ({}, use) => {
    const scene = await makeScene()
    await use(scene)
    await scene.end()
  },
})

export interface Opening {
  readonly corral: Corral
  readonly client: Connection
  readonly projectId: ProjectId
  readonly threadId: ThreadId
}

/** A server, the project, and a first thread without a process yet. */
export const open = async (scene: Scene, kind: Kind, env: Readonly<Record<string, string>> = {}): Promise<Opening> => {
  const corral = await scene.start(env)
  const projectId = await addProject(corral.client, scene.project)
  const threadId = await createThread(corral.client, projectId, kind.config)
  return { corral, client: corral.client, projectId, threadId }
}
