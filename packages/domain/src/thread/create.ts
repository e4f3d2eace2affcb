// A thread begins: durable at once, with nothing running.
import type { Millis } from "@corral/contracts/ids"
import type { Runtime } from "@corral/contracts/runtime"
import type { CreateThread, Thread, ThreadCreated } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { nameProblem } from "../name.ts"
import { onProject } from "../on-project.ts"
import type { Circumstances, World } from "../state.ts"
import { refuseConfig } from "./config.ts"
import { untitled } from "./title.ts"

export const decideCreateThread = (world: World, command: CreateThread, circumstances: Circumstances): Decision =>
  onProject(world, command.projectId, () => {
    const { threadId, projectId, config } = command
    if (world.thread(threadId) !== undefined) return reject("duplicate-id", `There is a thread ${threadId} already; it stays as it is.`)
    const title = command.title ?? untitled
    const problem = nameProblem(title)
    if (problem !== null) return reject("bad-title", `A thread cannot have this title: ${problem}. No thread was made.`)
    return (
      refuseConfig(config, circumstances.providers) ??
      accept([{ _tag: "thread.created", threadId, projectId, title: title.trim(), config }])
    )
  })

export const evolveThreadCreated = (event: ThreadCreated, at: Millis): Thread => ({
  threadId: event.threadId,
  projectId: event.projectId,
  title: event.title,
  status: "active",
  config: event.config,
  createdAt: at,
  touchedAt: at,
  turn: null,
  queue: [],
  queueHeld: false,
  requests: [],
  runtime: neverWoken(at),
  lastOutcome: null,
  lastError: null,
  usage: null,
  turns: 0,
})

const neverWoken = (at: Millis): Runtime => ({
  state: "asleep",
  generation: 0,
  treeId: null,
  tier: null,
  since: at,
  keptUntil: null,
  background: [],
  stopping: null,
  cursor: null,
  lastStop: null,
})
