// The threads that were meant by what was typed.
import type { Connection } from "@corral/client/connect"
import { isId } from "@corral/client/ids"
import type { ProjectId, ThreadId } from "@corral/contracts/ids"
import type { ThreadSummary } from "@corral/contracts/thread"
import { pick } from "../pick.ts"

/** The largest page the server gives. */
const pageThreads = 500

/** Every thread of a status, newest first, page by page. */
export async function allThreads(
  connection: Connection,
  status: "active" | "archived",
  projectId: ProjectId | null = null,
): Promise<ThreadSummary[]> {
  const all: ThreadSummary[] = []
  for (;;) {
    const last = all.at(-1)
    const before = last === undefined ? null : { touchedAt: last.touchedAt, threadId: last.threadId }
    const { threads } = await connection.call("threads", { status, projectId, before, limit: pageThreads })
    all.push(...threads)
    if (threads.length < pageThreads) return all
  }
}

export async function findThread(connection: Connection, typed: string): Promise<ThreadSummary> {
  const [thread] = await findThreads(connection, [typed])
  if (thread === undefined) throw new Error("one was asked for and none given")
  return thread
}

/** All or none: what cannot be found stops the rest from being done. Active ones are looked through first. */
export async function findThreads(connection: Connection, typed: readonly string[]): Promise<ThreadSummary[]> {
  const active = await allThreads(connection, "active")
  const isArchivedMeant = typed.some((text) => !active.some(({ threadId }) => threadId === text))
  const threads = isArchivedMeant ? [...active, ...(await allThreads(connection, "archived"))] : active
  const pickable = threads.map((thread) => ({ id: thread.threadId, name: thread.title, thread }))
  return typed.map((text) => pick("thread", pickable, text).thread)
}

/** A whole id is taken as it is: the thread may have been deleted. */
export async function threadIdOf(connection: Connection, typed: string): Promise<ThreadId> {
  return isId("thr", typed) && typed.length === wholeIdChars ? typed : (await findThread(connection, typed)).threadId
}

/** `thr_` and what `newId` makes. */
const wholeIdChars = 20
