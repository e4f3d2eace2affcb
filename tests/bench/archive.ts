// Archiving threads of the real Claude: idle, and in the middle of a silent tool with a deaf MCP server and daemons around it.
import { join } from "node:path"
import { configureMcp } from "../stories/agents.ts"
import { claude } from "../stories/kinds.ts"
import { makeScene, type Scene } from "../stories/scene.ts"
import type { Opening } from "../stories/story.ts"
import { addProject, certificateOf, converse, createThread, order, send, threadWhen } from "../stories/talk.ts"
import { type Figure, most, quantile, spread } from "./figure.ts"

const times = 20
const mcpServer = join(import.meta.dirname, "../agents/mcp-server.ts")

type Ready = Pick<Opening, "client" | "threadId">

export const measureArchive = async (): Promise<readonly Figure[]> => {
  const idle = await measureCase(async ({ client, threadId }) => {
    await converse(client, threadId, "say hello")
  })
  const worst = await measureCase(async ({ client, threadId }, scene) => {
    configureMcp(scene.person, { deaf: `${scene.agents.hold}; exec '${process.execPath}' '${mcpServer}' deaf` })
    await send(client, threadId, `${claude.leaving(scene, ["own-session", "daemon"])}\n${claude.silently}`)
    const isSilent = () => scene.running().some(({ command }) => /zoo\.pl plain/.test(command))
    await threadWhen(client, threadId, { what: "the silent tool", fits: isSilent })
  })
  return [
    {
      name: "archive of an idle Claude: seen empty, p95",
      unit: "ms",
      reached: quantile(idle.millis, 0.95),
      target: most(500),
      note: spread(idle.millis, "ms"),
    },
    {
      name: "archive of an idle Claude: left",
      unit: "",
      reached: idle.left,
      target: most(0),
      note: "by the machine's own list, after the certificate",
    },
    {
      name: "archive in the worst case: seen empty, worst",
      unit: "ms",
      reached: quantile(worst.millis, 1),
      target: most(5_000),
      note: spread(worst.millis, "ms"),
    },
    {
      name: "archive in the worst case: left",
      unit: "",
      reached: worst.left,
      target: most(0),
      note: "silent Bash tool, deaf MCP server, setsid daemon",
    },
  ]
}

const measureCase = async (prepare: (ready: Ready, scene: Scene) => Promise<void>) => {
  const scene = await makeScene()
  try {
    const { client } = await scene.start()
    const projectId = await addProject(client, scene.project)
    const millis: number[] = []
    let left = 0
    for (let i = 0; i < times; i++) {
      const threadId = await createThread(client, projectId, claude.config)
      await prepare({ client, threadId }, scene)
      const since = Date.now()
      await order(client, { _tag: "thread.archive", threadId })
      const certificate = await certificateOf(client, threadId, since)
      left += certificate.left + scene.running().length
      millis.push(certificate.checkedAt - since)
    }
    return { millis, left }
  } finally {
    await scene.end()
  }
}
