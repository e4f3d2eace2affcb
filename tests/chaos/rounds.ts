// One round of chaos: a session that leaves several escapees behind, ended in one of the ways, at a random moment. Judged by a pipe that every
// descendant inherits and by the machine's own list, never by Corral.
import { setTimeout as pause } from "node:timers/promises"
import { until } from "../agents/deadline.ts"
import { describeProcess } from "../agents/machine.ts"
import type { Corral } from "../stories/corral.ts"
import { practice } from "../stories/kinds.ts"
import { makeScene, type Scene } from "../stories/scene.ts"
import { addProject, converse, createThread, send } from "../stories/talk.ts"
import { escapes, inARow, isHopping, type Escape } from "./escapes.ts"
import { processOf, watcherOf, ways, type Way } from "./ways.ts"

const escapesPerRound = 6
const mostPauseMillis = 400
const upMillis = 10_000
/** Longer than any ladder on a machine with two busy cores. */
const goneMillis = 25_000

export interface Round {
  readonly way: string
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

/** A whole number below the given one. */
type Chance = (below: number) => number

/** Reproducible: the same seed gives the same rounds (the system's own timing apart). */
export const chances = (seed: number): Chance => {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export interface Chaos {
  readonly round: (n: number) => Promise<Round>
  readonly end: () => Promise<void>
}

/** `tier`: as CORRAL_TIER names it; absent: the default. */
export const makeChaos = async (seed: number, tier?: string): Promise<Chaos> => {
  const env = tier === undefined ? {} : { CORRAL_TIER: tier }
  const scene = await makeScene()
  const chance = chances(seed)
  return {
    /** Every way in turn, so that few rounds have them all. */
    round: (n) => playRound({ scene, chance, env }, ways[n % ways.length]),
    end: () => scene.end(),
  }
}

interface World {
  readonly scene: Scene
  readonly chance: Chance
  readonly env: Readonly<Record<string, string>>
}

const playRound = async ({ scene, chance, env }: World, way: Way | undefined): Promise<Round> => {
  if (way === undefined) throw new Error("there are no ways")
  const corral = await scene.start({ CORRAL_HOLD_MILLIS: "5000", ...env, ...way.env })
  try {
    const tier = (await corral.client.call("status", {})).supervisor?.tier ?? "none"
    const drawn = draw(escapes, chance)
    const situation = await prepare({ corral, scene, chance, escapes: drawn })
    const started = await grown(
      scene,
      drawn.map(({ name }) => name),
    )
    const began = performance.now()
    await way.strike(situation)
    const next = way.needsStart === true ? await scene.start({ CORRAL_HOLD_MILLIS: "5000", ...env }) : undefined
    const left = await leftOf(scene)
    const millis = performance.now() - began
    await next?.stop()
    return { way: way.name, tier, escapes: drawn.map(({ name }) => name), started, millis, left, harmed: scene.canaries.harmed() }
  } finally {
    await corral.stop()
  }
}

const prepare = async (of: {
  readonly corral: Corral
  readonly scene: Scene
  readonly chance: Chance
  readonly escapes: readonly Escape[]
}) => {
  const { corral, scene, chance } = of
  const { client } = corral
  const threadId = await createThread(client, await projectOf(corral, scene), practice.config)
  await converse(client, threadId, `run ${scene.agents.hold}; ${inARow(of.escapes)}`)
  const supervisor = processOf(await corral.supervisorPid())
  const watcher = await watcherOf(supervisor.pid)
  if (chance(2) === 0) await send(client, threadId, chance(2) === 0 ? practice.silently : practice.slowly)
  await pause(chance(mostPauseMillis))
  return { corral, client, threadId, supervisor, watcher }
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

/** No escape twice: two ssh agents would want the same socket. */
const draw = <One>(of: readonly One[], chance: Chance): readonly One[] => {
  const left = [...of]
  return Array.from({ length: escapesPerRound }, () => left.splice(chance(left.length), 1)).flat()
}

const projectOf = async (corral: Corral, scene: Scene) =>
  (await corral.client.call("projects", {}))[0]?.projectId ?? (await addProject(corral.client, scene.project))
