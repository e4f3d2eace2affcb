// Corral inside a session of Corral: a whole server with a session of its own, or a command under `corral run`. The end of the outer session
// is the end of all of it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { connect } from "@corral/client/connect"
import { until } from "../agents/deadline.ts"
import { isJson, textOf } from "../agents/stub-api/json.ts"
import { openLine } from "../stories/corral.ts"
import { practice } from "../stories/kinds.ts"
import { addProject, converse, createThread, order } from "../stories/talk.ts"
import { inARow } from "./escapes.ts"
import { kill, type Situation, type Way } from "./way.ts"

const dist = process.env["CORRAL_TEST_DIST"] ?? join(import.meta.dirname, "../../dist")
const upMillis = 20_000
const quiet = "</dev/null >/dev/null 2>&1 &"

/** Its escapees are those of the round once more; the scene knows them by the pipe. */
const serverInside = async ({ client, threadId, scene, escapes, supervisor }: Situation): Promise<void> => {
  const home = join(scene.folder, `inside-${supervisor.pid}`)
  const project = join(scene.project, `inside-${supervisor.pid}`)
  mkdirSync(project)
  const start = `CORRAL_HOME='${home}' CORRAL_PORT=0 '${process.execPath}' '${join(dist, "server.mjs")}' ${quiet}`
  await converse(client, threadId, `run ${scene.agents.hold}; ${start}`)
  const { seen: address } = await until(() => addressIn(home), { what: "a server inside", withinMillis: upMillis })
  const inner = connect({ open: () => openLine(address, readFileSync(join(home, "token"), "utf8").trim()) })
  const innerThread = await createThread(inner, await addProject(inner, project), practice.config)
  await converse(inner, innerThread, `run ${scene.agents.hold}; ${inARow(escapes)}`)
  inner.close()
}

const runInside = async ({ client, threadId, scene, escapes, supervisor }: Situation): Promise<void> => {
  const home = join(scene.folder, `inside-${supervisor.pid}`)
  const sign = join(scene.folder, `ran-${supervisor.pid}`)
  const script = join(scene.folder, `inside-${supervisor.pid}.sh`)
  writeFileSync(script, `${scene.agents.hold}; ${inARow(escapes)} touch '${sign}'; sleep 900\n`)
  const run = `'${process.execPath}' '${join(dist, "supervisor.mjs")}' run --home '${home}' -- sh '${script}' ${quiet}`
  await converse(client, threadId, `run ${scene.agents.hold}; ${run}`)
  await until(() => existsSync(sign) || undefined, { what: "corral run inside", withinMillis: upMillis })
}

const addressIn = (home: string): string | undefined => {
  const path = join(home, "server.json")
  if (!existsSync(path)) return undefined
  const sign: unknown = JSON.parse(readFileSync(path, "utf8"))
  return isJson(sign) ? textOf(sign["address"]) : undefined
}

const archive = ({ client, threadId }: Situation) => order(client, { _tag: "thread.archive", threadId })

export const insideWays: readonly Way[] = [
  { name: "a server inside, archive", prepare: serverInside, strike: archive, needsTokens: true },
  { name: "a server inside, supervisor killed", prepare: serverInside, strike: async (all) => kill(all.supervisor), needsTokens: true },
  { name: "corral run inside, archive", prepare: runInside, strike: archive, needsTokens: true },
]
