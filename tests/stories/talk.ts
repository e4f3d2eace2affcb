// What a person does in a story, over the public API: a project, a thread, a turn; and waiting for what comes of it.
import type { Connection } from "@corral/client/connect"
import { newId } from "@corral/client/ids"
import type { Certificate } from "@corral/contracts/certificate"
import type { ClientCommand } from "@corral/contracts/command"
import type { ProjectId, ThreadId, TurnId } from "@corral/contracts/ids"
import type { Config } from "@corral/contracts/provider"
import type { Calls } from "@corral/contracts/rpc"
import type { Sight } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import type { Row } from "@corral/contracts/turn"
import { until } from "../agents/deadline.ts"

/** A cold agent on a machine with two busy cores. */
export const turnWithinMillis = 40_000
const rowsAtMost = 500

/** Fails where the domain says no. */
export const order = async (client: Connection, command: ClientCommand): Promise<void> => {
  const receipt = await client.dispatch(command)
  if (receipt._tag === "rejected") throw new Error(`${command._tag} was rejected: ${JSON.stringify(receipt)}`)
}

export const addProject = async (client: Connection, path: string): Promise<ProjectId> => {
  const projectId = newId("prj")
  await order(client, { _tag: "project.add", projectId, path, name: null })
  return projectId
}

export const createThread = async (client: Connection, projectId: ProjectId, config: Config): Promise<ThreadId> => {
  const threadId = newId("thr")
  await order(client, { _tag: "thread.create", threadId, projectId, title: null, config })
  return threadId
}

export const send = async (client: Connection, threadId: ThreadId, text: string): Promise<TurnId> => {
  const turnId = newId("trn")
  await order(client, { _tag: "turn.start", threadId, turnId, text, whenBusy: "queue" })
  return turnId
}

export const threadNow = (client: Connection, threadId: ThreadId): Promise<Thread> => client.call("thread", { threadId })

/** The thread as soon as `fits`; the failure shows how it stood instead. */
export const threadWhen = async (
  client: Connection,
  threadId: ThreadId,
  wait: {
    readonly what: string
    readonly fits: (thread: Thread) => boolean
    readonly withinMillis?: number
  },
): Promise<Thread> => {
  let last: Thread | undefined
  const look = async () => {
    last = await threadNow(client, threadId)
    return wait.fits(last) ? last : undefined
  }
  const { seen } = await until(look, {
    what: wait.what,
    withinMillis: wait.withinMillis ?? turnWithinMillis,
    instead: () => JSON.stringify(last),
  })
  return seen
}

/** What no event tells of the thread. */
export const sightNow = async (client: Connection, threadId: ThreadId): Promise<Sight> => {
  const { threads } = await client.call("threads", { status: "active", projectId: null, before: null, limit: rowsAtMost })
  return threads.find((thread) => thread.threadId === threadId) ?? {}
}

/** The first thing that `pick` finds in the sight of the thread. */
export const sightWhen = async <A>(client: Connection, threadId: ThreadId, pick: (sight: Sight) => A | undefined): Promise<A> => {
  let last: Sight = {}
  const look = async () => {
    last = await sightNow(client, threadId)
    return pick(last)
  }
  const wait = { what: "a sight of the thread", withinMillis: turnWithinMillis, instead: () => JSON.stringify(last) }
  return (await until(look, wait)).seen
}

/** Sends, and waits until this turn and all before it have ended. */
export const converse = async (client: Connection, threadId: ThreadId, text: string): Promise<string> => {
  const turnId = await send(client, threadId, text)
  await threadWhen(client, threadId, { what: `the end of "${text}"`, fits: (thread) => thread.turn === null && thread.queue.length === 0 })
  return answerOf(client, threadId, turnId)
}

export const rowsOf = async (client: Connection, threadId: ThreadId): Promise<readonly Row[]> =>
  (await client.call("rows", { threadId, before: null, limit: rowsAtMost })).rows.map(({ row }) => row)

/** What the agent said in this turn; a failed turn says why. */
export const answerOf = async (client: Connection, threadId: ThreadId, turnId: TurnId): Promise<string> => {
  const rows = await rowsOf(client, threadId)
  const said = rows.flatMap((row) => (row._tag === "text" && row.turnId === turnId ? [row.text] : []))
  const error = rows.flatMap((row) => (row._tag === "ended" && row.turnId === turnId && row.error !== null ? [`error: ${row.error}`] : []))
  return [...said, ...error].join("\n").trim()
}

export const treesOf = async (client: Connection, threadId: ThreadId | null): Promise<Calls["processes"]["gives"]["trees"]> =>
  (await client.call("processes", { threadId })).trees

/** The certificate of the newest stop of this thread that ended at or after `since`. */
export const certificateOf = async (client: Connection, threadId: ThreadId, since: number): Promise<Certificate> => {
  const look = async () => (await client.call("certificates", { threadId, since, before: null, reason: null, limit: 1 }))[0]
  const { seen } = await until(look, { what: "a certificate of the thread", withinMillis: 15_000 })
  return seen
}
