// A home with many threads, made by the commands that a person would give.
import type { ThreadId } from "@corral/contracts/ids"
import { newId } from "@corral/client/ids"
import { practice } from "../stories/kinds.ts"
import type { Corral } from "../stories/corral.ts"
import { addProject } from "../stories/talk.ts"
import { giveAll, openRaw } from "./raw-line.ts"

const atOnce = 64

export const seedThreads = async (corral: Corral, project: string, count: number): Promise<readonly ThreadId[]> => {
  const projectId = await addProject(corral.client, project)
  const threadIds = Array.from({ length: count }, () => newId("thr"))
  const line = await openRaw(corral)
  const commands = threadIds.map(
    (threadId, i) =>
      ({ _tag: "thread.create", threadId, projectId, title: `Look into failure ${i} of the login page`, config: practice.config }) as const,
  )
  await giveAll(line, commands, atOnce)
  line.close()
  return threadIds
}
