// kill -9 of the server without a hold, and of server and supervisor at once, while ten processes run that do not want to go.
import { hoppingKinds, restingKinds } from "../agents/zoo.ts"
import { until } from "../agents/deadline.ts"
import type { Corral } from "../stories/corral.ts"
import { practice } from "../stories/kinds.ts"
import { makeScene, type Scene } from "../stories/scene.ts"
import { addProject, converse, createThread } from "../stories/talk.ts"
import { type Figure, most, quantile, spread } from "./figure.ts"

const times = 20
const misbehaving = [...restingKinds, ...hoppingKinds]
/** Longer than any ladder: what is left after it is left for good. */
const patienceMillis = 20_000

interface Blow {
  readonly name: string
  readonly strike: (corral: Corral, supervisorPid: number) => void
}

const blows: readonly Blow[] = [
  { name: "kill -9 of the server, hold 0", strike: (corral) => corral.signal("SIGKILL") },
  {
    name: "kill -9 of server and supervisor",
    strike: (corral, supervisorPid) => {
      corral.signal("SIGKILL")
      process.kill(supervisorPid, "SIGKILL")
    },
  },
]

export const measureKill = async (): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const blow of blows) figures.push(...(await measureBlow(blow)))
  return figures
}

const measureBlow = async (blow: Blow): Promise<readonly Figure[]> => {
  const scene = await makeScene()
  try {
    const millis: number[] = []
    let left = 0
    for (let i = 0; i < times; i++) {
      const { quietAfter, survivors } = await strikeOnce(scene, blow)
      millis.push(quietAfter)
      left += survivors
    }
    const harmed = scene.canaries.harmed().length
    return [
      {
        name: `${blow.name}: left`,
        unit: "",
        reached: left,
        target: most(0),
        note: `${times} times ${misbehaving.length} misbehaving processes`,
      },
      {
        name: `${blow.name}: p95 until none is left`,
        unit: "ms",
        reached: quantile(millis, 0.95),
        target: most(1_000),
        note: spread(millis, "ms"),
      },
      {
        name: `${blow.name}: bystanders harmed`,
        unit: "",
        reached: harmed,
        target: most(0),
        note: `of ${scene.canaries.pids.length} that look like ours`,
      },
    ]
  } finally {
    await scene.end()
  }
}

const strikeOnce = async (scene: Scene, { strike }: Blow) => {
  const corral = await scene.start({ CORRAL_HOLD_MILLIS: "0" })
  const supervisorPid = await corral.supervisorPid()
  const projectId = await addProject(corral.client, scene.project).catch(() => firstProject(corral))
  const threadId = await createThread(corral.client, projectId, practice.config)
  await converse(corral.client, threadId, practice.leaving(scene, misbehaving))
  await until(() => scene.running().length > misbehaving.length || undefined, {
    what: `${misbehaving.length} misbehaving processes and their agent`,
    withinMillis: patienceMillis,
    instead: () => `${scene.running().length} run`,
  })
  const began = performance.now()
  strike(corral, supervisorPid)
  const quiet = await until(() => scene.running().length === 0 || undefined, { what: "nothing left", withinMillis: patienceMillis }).catch(
    () => undefined,
  )
  corral.client.close()
  await corral.exited
  return { quietAfter: quiet === undefined ? performance.now() - began : quiet.millis, survivors: scene.running().length }
}

/** The second time the folder is known already. */
const firstProject = async (corral: Corral) => {
  const [project] = await corral.client.call("projects", {})
  if (project === undefined) throw new Error("there is no project")
  return project.projectId
}
