// A thread gets another title.
import type { RenameThread, Thread, ThreadRenamed } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { nameProblem } from "../name.ts"
import { onThread } from "../on-thread.ts"
import type { World } from "../state.ts"

export const decideRenameThread = (world: World, command: RenameThread): Decision =>
  onThread(world, command.threadId, (thread) => {
    const problem = nameProblem(command.title)
    if (problem !== null) return reject("bad-title", `Thread “${thread.title}” cannot be renamed so: ${problem}. It keeps its title.`)
    const title = command.title.trim()
    return accept(title === thread.title ? [] : [{ _tag: "thread.renamed", threadId: thread.threadId, title }])
  })

export const evolveThreadRenamed = (thread: Thread, event: ThreadRenamed): Thread => ({ ...thread, title: event.title })
