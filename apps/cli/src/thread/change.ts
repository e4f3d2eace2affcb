// What most commands about one thread do: find it, give one order, show the thread as it is then.
import type { ClientCommand } from "@corral/contracts/command"
import type { Thread } from "@corral/contracts/thread"
import { order } from "../order.ts"
import { short } from "../pick.ts"
import { paint } from "../print.ts"
import { withServer } from "../reach.ts"
import { give, type Options } from "../verb.ts"
import { findThread } from "./find.ts"

export interface Change {
  readonly typed: string
  readonly command: (threadId: Thread["threadId"]) => ClientCommand
  /** `renamed`, or a sentence made of what it is now. */
  readonly done: string | ((thread: Thread) => string)
}

export function change(options: Options, { typed, command, done }: Change): Promise<void> {
  return withServer(async (connection) => {
    const { threadId } = await findThread(connection, typed)
    await order(connection, command(threadId))
    const thread = await connection.call("thread", { threadId })
    const what = typeof done === "string" ? done : done(thread)
    give(options, thread, () => [`${what} ${paint("bold", thread.title)} ${paint("dim", short(threadId))}`])
  })
}
