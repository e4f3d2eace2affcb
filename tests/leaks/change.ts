// What the three change stories share: a change is made to the living agent, which stays the same process and takes it over at once.
import { expect } from "vitest"
import type { ThreadId } from "@corral/contracts/ids"
import type { Connection } from "@corral/client/connect"
import { rootsOf, type Kind } from "../stories/kinds.ts"
import type { Scene } from "../stories/scene.ts"
import { open } from "../stories/story.ts"
import { converse, threadNow } from "../stories/talk.ts"
import type { StubRequest } from "../agents/stub-api/answer.ts"

export interface Changing {
  readonly change: (client: Connection, threadId: ThreadId) => Promise<void>
  /** Whether the real Claude's next question shows the change. */
  readonly shows?: (request: StubRequest) => boolean
}

export const expectSameProcess = async (scene: Scene, kind: Kind, { change, shows }: Changing): Promise<void> => {
  const { client, threadId } = await open(scene, kind)
  await converse(client, threadId, "say before")
  const before = rootsOf(scene, kind)
  expect(before).toHaveLength(1)
  const { treeId, generation } = (await threadNow(client, threadId)).runtime

  await change(client, threadId)
  expect(rootsOf(scene, kind)).toEqual(before)
  expect(await converse(client, threadId, "say after")).toContain("after")
  expect(rootsOf(scene, kind)).toEqual(before)
  expect((await threadNow(client, threadId)).runtime).toMatchObject({ treeId, generation })
  const asked = scene.stub.requests.filter(({ aside, prompt }) => !aside && prompt === "say after")
  if (kind.name === "claude" && shows !== undefined) expect(asked.map(shows)).toEqual([true])
}
