// The agent waits for an approval or an answer.
import type { Millis } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import type { RecordRequest, RequestOpened } from "@corral/contracts/turn"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import { isHosted } from "../runtime/hosted.ts"
import type { World } from "../state.ts"

export const decideRecordRequest = (world: World, { threadId, generation, request }: RecordRequest): Decision =>
  onGeneration(world, { threadId, generation }, ({ title, runtime, requests }) => {
    if (!isHosted(runtime) || runtime.state === "stuck")
      return reject("stale-generation", `Thread “${title}” is ${runtime.state}; nobody is left to take an answer to ${request.requestId}.`)
    const isOpen = requests.some((one) => one.requestId === request.requestId)
    return accept(isOpen ? [] : [{ _tag: "turn.request-opened", threadId, request }])
  })

export const evolveRequestOpened = (thread: Thread, { request }: RequestOpened, at: Millis): Thread => ({
  ...thread,
  touchedAt: at,
  requests: [...thread.requests, request],
})
