// corral send: a message to a thread, which wakes it; with --wait its answer, and an exit code by how the turn ended.
import { text as readAll } from "node:stream/consumers"
import type { Connection } from "@corral/client/connect"
import { newId } from "@corral/client/ids"
import type { ThreadId, TurnId } from "@corral/contracts/ids"
import type { ThreadItem } from "@corral/contracts/rpc"
import type { TurnOutcome, Usage } from "@corral/contracts/turn"
import type { Command } from "commander"
import { Failure } from "./failure.ts"
import { order } from "./order.ts"
import { short } from "./pick.ts"
import { paint, remark } from "./print.ts"
import { requestLines } from "./request.ts"
import { withServer } from "./reach.ts"
import { Teller } from "./teller.ts"
import { findThread } from "./thread/find.ts"
import { give, verb, type Options } from "./verb.ts"
import { watchUntil } from "./watch.ts"

interface SendOptions extends Options {
  readonly wait?: true
}

interface Ended {
  readonly outcome: TurnOutcome
  readonly error: string | null
  readonly usage: Usage | null
}

export function send(parent: Command): void {
  verb(parent, {
    words: "send <thread> <text...>",
    about: "send a message; while a turn runs it is queued; - reads it from stdin",
    examples: ['corral send thr_4f9k2m "run the tests"', "git diff | corral send 4f9 - --wait"],
  })
    .option("--wait", "print the answer as it streams; exit code 0 when the turn completed, 1 when it failed or was interrupted")
    .action((typed: string, words: string[], options: SendOptions) =>
      withServer(async (connection) => {
        const text = words.length === 1 && words[0] === "-" ? await readAll(process.stdin) : words.join(" ")
        const { threadId } = await findThread(connection, typed)
        if (options.wait) return await sendAndWait(connection, options, { threadId, text })
        const turnId = newId("trn")
        await order(connection, { _tag: "turn.start", threadId, turnId, text, whenBusy: "queue" })
        const { queue } = await connection.call("thread", { threadId })
        const isQueued = queue.some((queued) => queued.turnId === turnId)
        give(options, { threadId, turnId, queued: isQueued }, () => [
          isQueued ? "queued" : "sent",
          paint("dim", `corral watch ${short(threadId)}`),
        ])
      }),
    )
}

interface Message {
  readonly threadId: ThreadId
  readonly text: string
}

async function sendAndWait(connection: Connection, options: SendOptions, { threadId, text }: Message): Promise<void> {
  const turnId = newId("trn")
  const said: string[] = []
  const teller = new Teller(
    {
      prose: (chunk) => {
        said.push(chunk)
        if (!options.json) process.stdout.write(chunk)
      },
      thought: () => undefined,
      ended: () => undefined, // said by the exit code, and by the line that goes with it
      line: (line, tone) => {
        if (tone !== "user") remark(paint("dim", line, process.stderr))
      },
      request: (request) => remark(...requestLines(threadId, request, process.stderr)),
    },
    turnId,
  )
  let ended: Ended | undefined
  let takenAt = Infinity
  const done = watchUntil(connection, threadId, (item) => {
    teller.item(item)
    ended ??= endOf(item, turnId, takenAt)
    return ended !== undefined
  })
  const given = order(connection, { _tag: "turn.start", threadId, turnId, text, whenBusy: "queue" })
  const taken = given.then((seq) => {
    takenAt = seq
    return sayIfQueued(connection, threadId, turnId)
  })
  await Promise.all([done, taken])
  if (ended === undefined) throw new Error("the watch ended before the turn")
  give(options, { threadId, turnId, ...ended, text: said.join("").trim() }, () => [])
  if (ended.outcome !== "completed") throw new Failure(`turn-${ended.outcome}`, ended.error ?? `The turn was ${ended.outcome}.`)
}

/** Waiting in silence behind a turn that itself waits for the person would be a riddle. */
async function sayIfQueued(connection: Connection, threadId: ThreadId, turnId: TurnId): Promise<void> {
  const { queue, queueHeld, requests } = await connection.call("thread", { threadId })
  const place = queue.findIndex((queued) => queued.turnId === turnId)
  if (place < 0) return
  const held = queueHeld ? `; the queue is held, next: corral thread wake ${short(threadId)}` : ""
  remark(paint("dim", `queued, ${place} before it and a turn that runs${held}`, process.stderr))
  for (const request of requests) remark(...requestLines(threadId, request, process.stderr))
}

/**
 * How the turn ended, where this item tells it: as an event, or after a reconnect as a row of the transcript. `takenAt`: the seq since which the
 * thread has the turn; a later snapshot without it means that it was over while the line was broken.
 */
export function endOf(item: ThreadItem, turnId: TurnId, takenAt = Infinity): Ended | undefined {
  if (item._tag === "snapshot") return endInSnapshot(item, turnId, takenAt)
  if (item._tag !== "events") return undefined
  for (const { event } of item.events) {
    if (event._tag === "turn.completed" && event.turnId === turnId)
      return { outcome: event.outcome, error: event.error, usage: event.usage }
    if (event._tag === "turn.withdrawn" && event.turnId === turnId)
      return { outcome: "interrupted", error: "It was taken out of the queue.", usage: null }
  }
  return undefined
}

type Snapshot = Extract<ThreadItem, { readonly _tag: "snapshot" }>

function endInSnapshot({ seq, thread, rows }: Snapshot, turnId: TurnId, takenAt: number): Ended | undefined {
  const ended = rows.map(({ row }) => row).find((row) => row._tag === "ended" && row.turnId === turnId)
  if (ended?._tag === "ended") return { outcome: ended.outcome, error: ended.error, usage: thread.usage }
  const isThere = thread.turn?.turnId === turnId || thread.queue.some((queued) => queued.turnId === turnId)
  if (isThere || seq < takenAt) return undefined
  return { outcome: "interrupted", error: "While the line was broken it was taken out of the queue, or ended long ago.", usage: null }
}
