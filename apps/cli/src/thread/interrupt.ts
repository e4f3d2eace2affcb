// corral thread interrupt: the running turn is asked to end; the session stays.
import type { Command } from "commander"
import { Failure } from "../failure.ts"
import { order } from "../order.ts"
import { short } from "../pick.ts"
import { paint } from "../print.ts"
import { withServer } from "../reach.ts"
import { give, verb, type Options } from "../verb.ts"
import { findThread } from "./find.ts"

export function interrupt(parent: Command): void {
  verb(parent, {
    words: "interrupt <thread>",
    about: "ask the agent to end its running turn; the session stays awake",
    examples: ["corral thread interrupt thr_4f9k2m"],
  }).action((typed: string, options: Options) =>
    withServer(async (connection) => {
      const { threadId, title } = await findThread(connection, typed)
      const { turn } = await connection.call("thread", { threadId })
      if (turn === null) throw new Failure("nothing-running", `No turn of “${title}” runs. Next: corral thread show ${threadId}`)
      await order(connection, { _tag: "turn.interrupt", threadId, turnId: turn.turnId })
      const thread = await connection.call("thread", { threadId })
      give(options, thread, () => [`asked to end its turn: ${paint("bold", title)} ${paint("dim", short(threadId))}`])
    }),
  )
}
