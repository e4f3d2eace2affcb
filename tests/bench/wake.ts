// How much later a message reaches the model through Corral than by the bare command line, when Claude has to be resumed for it.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import type { Connection } from "@corral/client/connect"
import type { ThreadId } from "@corral/contracts/ids"
import { claude, rootsOf } from "../stories/kinds.ts"
import { makeScene, type Scene } from "../stories/scene.ts"
import { addProject, converse, createThread, order, send, threadWhen } from "../stories/talk.ts"
import { type Figure, most, quantile, round, spread } from "./figure.ts"

/** Each way in turn, so that both see the same machine. */
const times = 15

interface Launch {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export const measureWake = async (): Promise<readonly Figure[]> => {
  const scene = await makeScene()
  try {
    const { client } = await scene.start()
    const projectId = await addProject(client, scene.project)
    const threadId = await createThread(client, projectId, claude.config)
    const asleep = async () => {
      await order(client, { _tag: "runtime.stop", threadId })
      await threadWhen(client, threadId, { what: "sleep", fits: ({ runtime }) => runtime.state === "asleep" })
    }
    await converse(client, threadId, "say the first thing")
    await asleep()
    const [corral, bare]: [number[], number[]] = [[], []]
    let launch: Launch | undefined
    for (let n = 0; n < times; n++) {
      corral.push(await byCorral(scene, { client, threadId, text: `say corral ${n}` }))
      launch ??= launchOf(scene)
      await asleep()
      bare.push(await byHand(scene, launch, `say bare ${n}`))
    }
    const reached = quantile(corral, 0.5) - quantile(bare, 0.5)
    const note = `through Corral ${spread(corral, "ms")}; bare ${round(quantile(bare, 0.5))} ms p50; same options, same session, ${times} each`
    return [{ name: "wake of Claude, more than the bare resume, p50", unit: "ms", reached, target: most(60), note }]
  } finally {
    await scene.end()
  }
}

interface Wake {
  readonly client: Connection
  readonly threadId: ThreadId
  readonly text: string
}

/** From the order to the model's being asked, in ms. */
const byCorral = async (scene: Scene, { client, threadId, text }: Wake): Promise<number> => {
  const began = performance.now()
  await send(client, threadId, text)
  await scene.stub.asked(({ aside, prompt }) => !aside && prompt.includes(text))
  const millis = performance.now() - began
  await threadWhen(client, threadId, { what: "the turn's end", fits: ({ turn }) => turn === null })
  return millis
}

/** As Corral has started it just now. */
const launchOf = (scene: Scene): Launch => {
  const [root] = rootsOf(scene, claude)
  if (root === undefined) throw new Error("no Claude is awake")
  const listOf = (file: string) => readFileSync(`/proc/${root.pid}/${file}`, "utf8").split("\0").filter(Boolean)
  const [command = "", ...args] = listOf("cmdline")
  const env = listOf("environ").map((line): [string, string] => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)])
  return { command, args, env: Object.fromEntries(env.filter(([name]) => !name.startsWith("CORRAL"))) }
}

/** The same from the moment of the spawn. It ends by itself when its input does. */
const byHand = async (scene: Scene, { command, args, env }: Launch, text: string): Promise<number> => {
  const began = performance.now()
  const child = spawn(command, args, { env, cwd: scene.project, stdio: ["pipe", "pipe", "inherit"] })
  const exited = once(child, "exit")
  const message = { type: "user", message: { role: "user", content: text }, parent_tool_use_id: null, session_id: "" }
  child.stdin.write(`${JSON.stringify(message)}\n`)
  await scene.stub.asked(({ aside, prompt }) => !aside && prompt.includes(text))
  const millis = performance.now() - began
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('"type":"result"')) break
  child.stdin.end()
  child.stdout.resume()
  await exited
  return millis
}
