// corral watch: a thread's conversation, as it happens.
import type { Connection } from "@corral/client/connect"
import { Disconnected, Refused } from "@corral/client/errors"
import type { ThreadId } from "@corral/contracts/ids"
import type { ThreadItem } from "@corral/contracts/rpc"
import type { Command } from "commander"
import { notFound } from "./failure.ts"
import { paint, say, type Style } from "./print.ts"
import { requestLines } from "./request.ts"
import { withServer } from "./reach.ts"
import { Teller, type Ears } from "./teller.ts"
import { findThread } from "./thread/find.ts"
import { verb, type Options } from "./verb.ts"

export function watch(parent: Command): void {
  verb(parent, {
    words: "watch <thread>",
    about: "stream a thread's conversation until you stop it; it does not keep the thread awake",
    examples: ["corral watch thr_4f9k2m", "corral watch 4f9 --json"],
  }).action((typed: string, options: Options) =>
    withServer(async (connection) => {
      const { threadId } = await findThread(connection, typed)
      const teller = new Teller(terminalEars(threadId))
      const item = (item: ThreadItem) => (options.json ? say(JSON.stringify(item)) : teller.item(item))
      await watchUntil(connection, threadId, (one) => {
        item(one)
        return false
      })
    }),
  )
}

/** Watches until `isDone` says so of an item. Fails when the thread is gone, or the server. */
export function watchUntil(connection: Connection, threadId: ThreadId, isDone: (item: ThreadItem) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = connection.watch("thread", () => ({ threadId, after: null }), {
      item(item) {
        const done = isDone(item)
        if (item._tag === "gone") reject(notFound(`The thread ${threadId} was deleted.`))
        if (!done && item._tag !== "gone") return
        resolve()
        stop()
      },
      end: (refusal) => reject(refusal === null ? new Disconnected("The server went away.") : new Refused(refusal)),
    })
  })
}

const styles: Record<Parameters<Ears["line"]>[1], Style> = { user: "bold", plain: "dim", warning: "yellow", error: "red" }

function terminalEars(threadId: ThreadId): Ears {
  return {
    prose: (text) => void process.stdout.write(text),
    thought: (text) => void process.stdout.write(paint("dim", text)),
    line: (text, tone) => say(paint(styles[tone], text)),
    request: (request) => say(...requestLines(threadId, request)),
    ended(outcome, error) {
      if (outcome === "completed") say(paint("dim", "✓ completed"))
      else say(paint("red", `✗ ${outcome}${error === null ? "" : `: ${error}`}`))
    },
  }
}
