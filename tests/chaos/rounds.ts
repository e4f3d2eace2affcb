// One round of chaos: a session that leaves several escapees behind, ended in one of the ways, at a random moment. Judged by a pipe that every
// descendant inherits and by the machine's own list, never by Corral.
import { setTimeout as pause } from "node:timers/promises"
import { Refused } from "@corral/client/errors"
import type { Connection } from "@corral/client/connect"
import type { ThreadId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import { until } from "../agents/deadline.ts"
import { describeProcess } from "../agents/machine.ts"
import type { Corral } from "../stories/corral.ts"
import { practice } from "../stories/kinds.ts"
import { makeScene, type Scene } from "../stories/scene.ts"
import { addProject, converse, createThread, send, threadWhen } from "../stories/talk.ts"
import type { Chance } from "./chance.ts"
import { inARow, isHopping, type Escape } from "./escapes.ts"
import { processOf, watcherOf, type Situation, type Way } from "./way.ts"

const mostPauseMillis = 400
const upMillis = 20_000
/** Longer than any ladder on a machine with two busy cores. */
const goneMillis = 25_000
/** A supervisor that was lost is missed, started anew, and asked. */
const toldMillis = 20_000
const holdMillis = "5000"

/** In what the agent is when it is struck; null: idle. */
const acts = [null, null, practice.silently, practice.slowly, "flood", "mute", "ignore-term\ndeaf\nhang"] as const

export interface Round {
  readonly way: string
  /** What chance made of the way; empty where it leaves nothing to it. */
  readonly note: string
  /** The containment that was in force. */
  readonly tier: string
  readonly escapes: readonly string[]
  /** Processes before the blow, the agent itself among them. */
  readonly started: number
  /** From the blow until nothing was left. */
  readonly millis: number
  readonly left: readonly string[]
  readonly harmed: readonly string[]
}

export interface Chaos {
  readonly play: (way: Way, escapes: readonly Escape[]) => Promise<Round>
  readonly end: () => Promise<void>
}

/** `tier`: as CORRAL_TIER names it; absent: the default. */
export const makeChaos = async (chance: Chance, tier?: string): Promise<Chaos> => {
  const env = { CORRAL_HOLD_MILLIS: holdMillis, ...(tier === undefined ? {} : { CORRAL_TIER: tier }) }
  const scene = await makeScene()
  return { play: (way, escapes) => playRound({ scene, chance, env }, way, escapes), end: () => scene.end() }
}

interface World {
  readonly scene: Scene
  readonly chance: Chance
  readonly env: Readonly<Record<string, string>>
}

const playRound = async ({ scene, chance, env }: World, way: Way, escapes: readonly Escape[]): Promise<Round> => {
  const living = new Set<Corral>()
  const begin = async (more: Readonly<Record<string, string>> = {}): Promise<Corral> => {
    const started = await scene.start({ ...env, ...more })
    living.add(started)
    // A line stays and looks for its server for ever.
    void started.exited.then(() => {
      living.delete(started)
      started.client.close()
    })
    return started
  }
  const notes: string[] = []
  try {
    const corral = await begin(way.env)
    const tier = (await corral.client.call("status", {})).supervisor?.tier ?? "none"
    const situation = await prepare({ scene, corral, chance, escapes, next: () => begin(), note: (text) => void notes.push(text) }, way)
    const names = escapes.map(({ name }) => name)
    const started = await grown(scene, names)
    const began = performance.now()
    await way.strike(situation)
    const left = await leftOf(scene)
    const millis = performance.now() - began
    await way.after?.(situation)
    for (const { client } of living) await isToldTruly(client, situation.threadId)
    return { way: way.name, note: notes.join("; "), tier, escapes: names, started, millis, left, harmed: scene.canaries.harmed() }
  } catch (error) {
    throw new Error(`${way.name} (${notes.join("; ")}), around ${escapes.map(({ name }) => name).join(", ")}`, { cause: error })
  } finally {
    for (const corral of living) await corral.stop()
  }
}

const prepare = async (of: Omit<Situation, "client" | "threadId" | "supervisor" | "watcher">, way: Way): Promise<Situation> => {
  const { corral, scene, chance, escapes, note } = of
  const { client } = corral
  const threadId = await createThread(client, await projectOf(corral, scene), practice.config)
  await converse(client, threadId, `run ${scene.agents.hold}; ${inARow(escapes)}`)
  const supervisor = processOf(await corral.supervisorPid())
  const situation = { ...of, client, threadId, supervisor, watcher: await watcherOf(supervisor.pid) }
  await way.prepare?.(situation)
  const act = acts[chance(acts.length)] ?? null
  if (act !== null) await send(client, threadId, act)
  note(act === null ? "idle" : act.replaceAll("\n", ", "))
  await pause(chance(mostPauseMillis))
  return situation
}

/** With nothing left of it, a server that lives calls the thread asleep, and nothing else. */
const isToldTruly = async (client: Connection, threadId: ThreadId): Promise<void> => {
  const fits = ({ turn, runtime }: Thread) => turn === null && runtime.state === "asleep"
  await threadWhen(client, threadId, { what: "a thread that is asleep", fits, withinMillis: toldMillis }).catch((error: unknown) => {
    // It was deleted.
    if (!(error instanceof Refused && error.tag === "NotFound")) throw error
  })
}

/** Both judges: the machine's list, and then the pipe, which also sees what is between two pids. */
const leftOf = async (scene: Scene): Promise<readonly string[]> => {
  const gone = () => (scene.running().length === 0 ? true : undefined)
  const quiet = await until(gone, { what: "nothing left", withinMillis: goneMillis }).catch(() => undefined)
  if (quiet === undefined) return scene.running().map((one) => describeProcess(one))
  await scene.oracle.pipeEmpty(goneMillis)
  return []
}

/** Each escapee is one process at least, beside the agent: with fewer the round would prove nothing. A hopper is between two pids most of the time. */
const grown = async (scene: Scene, names: readonly string[]): Promise<number> => {
  const count = () => scene.running().length
  const least = names.filter((name) => !isHopping(name)).length
  await until(() => count() > least || undefined, {
    what: `more than ${least} processes`,
    withinMillis: upMillis,
    instead: () => `${count()} of ${names.join(", ")}`,
  })
  return count()
}

const projectOf = async (corral: Corral, scene: Scene) =>
  (await corral.client.call("projects", {}))[0]?.projectId ?? (await addProject(corral.client, scene.project))
